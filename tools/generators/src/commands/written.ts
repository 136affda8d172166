import { existsSync, readFileSync, rmSync, rmdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FileChange, flushChanges } from 'nx/src/generators/tree.js';

/** Files that what follows the writing may change as well. */
const DERIVED = ['package-lock.json', '.env.example'];

/** Writes the changes and does what follows; when any of it fails, puts all files back as they were. */
export async function written(
  root: string,
  changes: readonly FileChange[],
  follow: () => Promise<void>,
): Promise<void> {
  const before = [...changes.map(({ path }) => path), ...DERIVED].map((path) =>
    rememberedAt(join(root, path)),
  );
  const created = changes.filter(({ type }) => type === 'CREATE').map(({ path }) => path);
  try {
    flushChanges(root, [...changes]);
    await follow();
  } catch (error) {
    for (const { path, content } of before) {
      if (content) writeFileSync(path, content);
      else rmSync(path, { force: true });
    }
    for (const path of created) removeEmpty(dirname(join(root, path)), root);
    throw error;
  }
}

function rememberedAt(path: string): { path: string; content: Buffer | undefined } {
  return { path, content: existsSync(path) ? readFileSync(path) : undefined };
}

function removeEmpty(folder: string, root: string): void {
  for (let at = folder; at !== root && existsSync(at) && readdirSync(at).length === 0; at = dirname(at)) {
    rmdirSync(at);
  }
}
