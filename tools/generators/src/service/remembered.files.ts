import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FileChange } from '@nx/devkit';

/** What npm changes as well. The command that generates files comes last, and writes all of its own or nothing. */
const LOCK_FILE = 'package-lock.json';

/**
 * How all files are that are going to be changed.
 *
 * @returns puts them back
 */
export function remember(root: string, changes: readonly FileChange[]): () => void {
  const paths = [...changes.map(({ path }) => path), ...changes.flatMap(linkOf), LOCK_FILE];
  const places = paths.map((path) => placeAt(root, path));
  return () => {
    for (const { path, content } of places) {
      if (content) writeFileSync(path, content);
      else rmSync(path, { recursive: true, force: true });
    }
  };
}

/** The link that npm makes to a package that is new. */
function linkOf({ type, path, content }: FileChange): string[] {
  if (type !== 'CREATE' || basename(path) !== 'package.json') return [];
  const { name } = JSON.parse(String(content)) as { name: string };
  return [`node_modules/${name}`];
}

/** A file as it is; of one that is not, the folder that is made for it, which may come to hold what was built as well. */
function placeAt(root: string, file: string): { path: string; content?: Buffer } {
  const path = join(root, file);
  if (existsSync(path)) return { path, content: readFileSync(path) };
  let made = path;
  while (!existsSync(dirname(made))) made = dirname(made);
  return { path: made };
}
