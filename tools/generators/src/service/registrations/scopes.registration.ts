import type { Tree } from '@nx/devkit';
import type { Service } from '../service.ts';
import { addEntries } from './declaration.edit.ts';
import { edit } from './edit.ts';

/** Its scopes, which every user has. Sessions that are open go on with what they were opened with. */
export function registerScopes(tree: Tree, { plural, many }: Service): void {
  const scopes = [`'${plural}:read'`, `'${plural}:write'`];
  const opens = [`'Read ${many}'`, `'Create, change and delete ${many}'`];
  edit(tree, 'libs/contracts/src/identity/scopes.ts', (text) => {
    const described = addEntries(
      text,
      'SCOPES',
      scopes.map((scope, i) => `${scope}: ${opens[i]}`),
    );
    return described && addEntries(described, 'USER_SCOPES', scopes);
  });
}
