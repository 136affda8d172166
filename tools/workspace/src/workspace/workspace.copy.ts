import { cpSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { ROOT } from './apps.ts';
import { linkTree } from './linked.tree.ts';

const LEFT_OUT = new Set(['.git', '.nx', '.data', '.env', 'node_modules']);

/** This workspace once more, in an empty folder, for what changes it: with everything installed and what is built. */
export function copyWorkspace(to: string): void {
  const filter = (path: string) => !LEFT_OUT.has(basename(path));
  cpSync(ROOT, to, { recursive: true, verbatimSymlinks: true, filter });
  linkInstalled(to);
}

/** What is installed in this workspace, in a folder that has its files, or had them once. */
export function linkInstalled(to: string): void {
  for (const folder of installedUnder(ROOT)) linkTree(folder, join(to, relative(ROOT, folder)));
}

/** Where npm has put packages: the root, and whichever projects have one of another version. */
function installedUnder(folder: string, depth = 0): string[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => {
    if (name === 'node_modules') return [join(folder, name)];
    return depth < 2 && !LEFT_OUT.has(name) ? installedUnder(join(folder, name), depth + 1) : [];
  });
}
