import type { Tree } from '@nx/devkit';
import type { Service } from '../service.ts';
import { addEntries } from './declaration.edit.ts';
import { edit } from './edit.ts';

/** As a client of identity in development, which may follow what is revoked. In production an admin registers it. */
export function registerClient(tree: Tree, { plural }: Service): void {
  const client = `{
    id: '${plural}',
    secret: '${plural}-secret-for-development',
    scopes: ['revocations:read'],
    audiences: ['gatehouse'],
  }`;
  edit(tree, 'apps/identity/src/database/demo.accounts.ts', (text) =>
    addEntries(text, 'DEMO_CLIENTS', [client]),
  );
}
