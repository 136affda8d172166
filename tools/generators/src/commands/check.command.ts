import { diff, styleText } from 'node:util';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Trouble } from '@gatehouse/workspace';
import { type FileChange, FsTree } from 'nx/src/generators/tree.js';
import { refuseMisspelt } from '../service/name.rules.ts';
import { existingService } from '../service/service.ts';
import { writeService } from '../service/service.generator.ts';

/** `npm run new:service -- --check orders`: how a service differs from what would be made now; 1 where it does. */
export async function check(root: string, name: string): Promise<number> {
  refuseMisspelt(name);
  const tree = new FsTree(root, false);
  if (!tree.exists(`apps/${name}/package.json`)) throw new Trouble(`There is no service ${name} to check.`);
  await writeService(tree, existingService(tree, name));
  const changes = tree.listChanges();
  for (const change of changes) console.log(describe(root, change));
  console.log(
    changes.length === 0
      ? `${name} is what would be made now.`
      : `${name} differs from what would be made now in ${changes.length} files: - is what it has, + what it would have.`,
  );
  return changes.length === 0 ? 0 : 1;
}

function describe(root: string, { type, path, content }: FileChange): string {
  if (type === 'CREATE') return `${styleText('bold', path)}: is missing\n`;
  const now = readFileSync(join(root, path), 'utf8').split('\n');
  const changed = diff(content?.toString().split('\n') ?? [], now)
    .filter(([operation]) => operation !== 0)
    .map(([operation, line]) =>
      operation > 0 ? styleText('green', `  + ${line}`) : styleText('red', `  - ${line}`),
    );
  return `${styleText('bold', path)}\n${changed.join('\n')}\n`;
}
