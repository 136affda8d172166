import { styleText } from 'node:util';
import { type FileChange, flushChanges, FsTree } from 'nx/src/generators/tree.js';
import { existingService } from '../service/service.ts';
import serviceGenerator, { writeService } from '../service/service.generator.ts';
import { refuseMisspelt } from '../service/name.rules.ts';
import { remember } from '../service/remembered.files.ts';

/** `npm run new:service -- orders`: all of it or nothing. A service that is there already stays as it is. */
export async function add(root: string, name: string, { dryRun }: { dryRun: boolean }): Promise<number> {
  refuseMisspelt(name);
  if (await isThere(root, name)) {
    console.log(
      `${name} is there already, and stays as it is. How it differs from a new one:\n\n  npm run new:service -- --check ${name}`,
    );
    return 0;
  }
  const tree = new FsTree(root, false);
  const complete = await serviceGenerator(tree, { name });
  const changes = tree.listChanges();
  for (const { type, path } of changes) console.log(`${type === 'CREATE' ? 'creates' : 'changes'} ${path}`);
  if (dryRun) {
    console.log('Nothing was written: this was a dry run.');
    return 0;
  }
  console.log('Installing and building …');
  flush(root, changes);
  await complete();
  const { port } = existingService(new FsTree(root, false), name);
  console.log(
    `\n${styleText('bold', name)} is a service: npm start has it at http://localhost:${port}, npm test -- apps/${name} tests it.\n` +
      `What to make of it is in apps/${name}/README.md.\n` +
      'By hand remain: its client in production (docs/adding-a-service.md), and its place on Kubernetes (docs/kubernetes.md).',
  );
  return 0;
}

/** Whether there is an app with every file that it would be made of, whatever is in them by now. */
async function isThere(root: string, name: string): Promise<boolean> {
  const tree = new FsTree(root, false);
  if (!tree.exists(`apps/${name}/package.json`)) return false;
  await writeService(tree, existingService(tree, name));
  return !tree.listChanges().some(({ type, path }) => type === 'CREATE' && path.startsWith(`apps/${name}/`));
}

function flush(root: string, changes: FileChange[]): void {
  const restore = remember(root, changes);
  try {
    flushChanges(root, changes);
  } catch (error) {
    restore();
    throw error;
  }
}
