import { chmodSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

const OWNER_ALONE = 0o600;
const ANYBODY_ELSE = 0o077;

/**
 * Sees to it that nobody but the owner reads a database file, which may hold digests of passwords; SQLite's logs beside
 * it are created with the mode that it has.
 */
export async function keepPrivate(file: string): Promise<void> {
  await create(file);
  for (const path of [file, `${file}-wal`, `${file}-shm`]) tighten(path);
}

/** Never opens one that is there: to close it again would end the locks of this process on it (fcntl(2)). */
async function create(file: string): Promise<void> {
  try {
    await writeFile(file, '', { flag: 'wx', mode: OWNER_ALONE });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** A file of somebody else's is theirs to share. */
function tighten(path: string): void {
  const known = statSync(path, { throwIfNoEntry: false });
  if (!known?.isFile() || known.uid !== process.getuid?.() || !(known.mode & ANYBODY_ELSE)) return;
  chmodSync(path, OWNER_ALONE);
}
