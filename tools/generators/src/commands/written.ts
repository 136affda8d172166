import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FileChange, flushChanges } from 'nx/src/generators/tree.js';

/** What npm changes as well. The command that generates files comes last, and writes all of its own or nothing. */
const LOCK_FILE = 'package-lock.json';

/** Writes the changes and does what follows; when any of it fails, puts everything back as it was. */
export async function written(
  root: string,
  changes: readonly FileChange[],
  follow: () => Promise<void>,
): Promise<void> {
  const before = [...changes.map(({ path }) => path), LOCK_FILE].map((path) => placeAt(root, path));
  try {
    flushChanges(root, [...changes]);
    await follow();
  } catch (error) {
    for (const { path, content } of before) {
      if (content) writeFileSync(path, content);
      else rmSync(path, { recursive: true, force: true });
    }
    throw error;
  }
}

/** A file as it is; of one that is not, the folder that is made for it, which may come to hold what was built as well. */
function placeAt(root: string, file: string): { path: string; content?: Buffer } {
  const path = join(root, file);
  if (existsSync(path)) return { path, content: readFileSync(path) };
  let made = path;
  while (!existsSync(dirname(made))) made = dirname(made);
  return { path: made };
}
