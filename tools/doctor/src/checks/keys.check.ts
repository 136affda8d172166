import { Trouble } from '@gatehouse/workspace';
import type { Check, Finding } from '../check.ts';
import { hasDatabase, openDatabaseOf, rowsIfAny } from '../database/readable.database.ts';
import { opens } from '../database/sealed.key.ts';
import type { ServiceSetup } from '../setup/setup.ts';

const KEYS =
  'SELECT kid, sealed_private_key AS sealed, activates_at AS activates FROM signing_keys WHERE retired_at IS NULL';

/** Identity has a key to sign with, and can open it. */
export const keysCheck: Check = {
  name: 'keys',
  holds: 'KEY_ENCRYPTION_KEY opens every signing key',
  async look({ identity, root }) {
    if (!hasDatabase(identity)) return { nothing: 'identity is not built' };
    const keys = await keysIn(identity, root);
    if (!keys) return { nothing: 'there is no database to look into' };
    return keys.length === 0 ? missing(identity) : closed(identity, keys);
  },
};

interface Key {
  readonly kid: string;
  readonly sealed: string;
  readonly activates: unknown;
}

async function keysIn(identity: ServiceSetup, root: string): Promise<Key[] | undefined> {
  const database = await openDatabaseOf(identity, root).catch((error: unknown) => {
    if (error instanceof Trouble) return undefined;
    throw error;
  });
  if (!database) return undefined;
  try {
    return (await rowsIfAny(database, KEYS)) as unknown as Key[];
  } finally {
    await database.close();
  }
}

/** A start makes the first ones: only a running identity without any has lost them. */
function missing({ seen }: ServiceSetup): Finding[] | { nothing: string } {
  if (seen.state !== 'running') return { nothing: 'there are no keys yet: the first start makes them' };
  const cause = 'Identity runs, and its database has no signing key that was not retired.';
  return [
    { service: 'identity', cause, remedy: 'Run `npm run keys:rotate`, or restart identity: it makes one.' },
  ];
}

function closed({ setting }: ServiceSetup, keys: readonly Key[]): Finding[] {
  const secret = setting('KEY_ENCRYPTION_KEY') ?? '';
  const shut = keys.filter(({ kid, sealed }) => !opens(secret, sealed, kid));
  if (shut.length === 0) return [];
  if (shut.length < keys.length) {
    const cause = `${shut.length} of ${keys.length} signing keys in the database were changed or sealed under another KEY_ENCRYPTION_KEY.`;
    return [
      {
        service: 'identity',
        cause,
        remedy:
          'Restore the table signing_keys from a backup, or retire those keys: POST /admin/keys/<kid>/retire.',
      },
    ];
  }
  return [
    {
      service: 'identity',
      cause: 'The signing keys in the database were encrypted under another KEY_ENCRYPTION_KEY.',
      remedy: 'Set KEY_ENCRYPTION_KEY to the one they were made with.',
    },
  ];
}
