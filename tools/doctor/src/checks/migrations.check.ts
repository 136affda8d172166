import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Trouble } from '@gatehouse/workspace';
import type { Check, Finding } from '../check.ts';
import { hasDatabase, openDatabaseOf, rowsIfAny } from '../database/readable.database.ts';
import type { ServiceSetup } from '../setup/setup.ts';

/** Each database is as this version of its service wants it. */
export const migrationsCheck: Check = {
  name: 'migrations',
  holds: 'every database is up to date',
  async look({ services, root }) {
    const withData = services.filter(hasDatabase);
    if (withData.length === 0) return { nothing: 'no service with data is built' };
    const findings = await Promise.all(withData.map((service) => findingOf(service, root)));
    if (findings.every((each) => each === undefined))
      return { nothing: 'there is no database yet: the first start makes it' };
    return findings.flatMap((each) => each ?? []);
  },
};

/** Undefined where there is no database, or none that answers: that is another finding. */
async function findingOf(service: ServiceSetup, root: string): Promise<Finding[] | undefined> {
  const applied = await appliedTo(service, root);
  if (!applied) return undefined;
  const wanted = wantedBy(service);
  const pending = wanted.filter((each) => !applied.has(each));
  const ahead = [...applied].filter((each) => !wanted.includes(each));
  const { name } = service;
  if (ahead.length > 0) {
    return [
      {
        service: name,
        cause: `The database of ${name} has had ${ahead.length} migrations that this version does not know: a newer version was here.`,
        remedy: `Use that version, or restore the backup from before it.`,
      },
    ];
  }
  if (pending.length === 0) return [];
  const cause = `The database of ${name} lacks ${pending.length} of ${wanted.length} migrations.`;
  return [{ service: name, cause, remedy: 'Run `npm run db:migrate`; every start does it as well.' }];
}

async function appliedTo(service: ServiceSetup, root: string): Promise<Set<number> | undefined> {
  const database = await openDatabaseOf(service, root).catch((error: unknown) => {
    if (error instanceof Trouble) return undefined;
    throw error;
  });
  if (!database) return undefined;
  try {
    const rows = await rowsIfAny(database, 'SELECT timestamp FROM migrations');
    return new Set(rows.map(({ timestamp }) => Number(timestamp)));
  } finally {
    await database.close();
  }
}

/** A migration's file bears the number that TypeORM notes. */
function wantedBy({ app }: ServiceSetup): number[] {
  const folder = join(app.directory, 'src/database/migrations');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) =>
    /^\d+-.+\.migration\.ts$/.test(file) ? [Number.parseInt(file, 10)] : [],
  );
}
