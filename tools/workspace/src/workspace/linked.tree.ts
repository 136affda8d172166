import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';

/** Caches of tools, of which each workspace needs its own. */
const CACHES = new Set(['.vite', '.vite-temp', '.cache']);
/** npm writes it in place, so that a link would reach the original. */
const WRITTEN_IN_PLACE = '.package-lock.json';

/**
 * The installed packages of one folder in another one: as hard links, which take no room and next to no time, or copied
 * where that is on another disk.
 */
export function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((each) => !CACHES.has(each))) {
    const [source, target] = [join(from, name), join(to, name)];
    const status = lstatSync(source);
    if (status.isDirectory()) linkTree(source, target);
    else if (status.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (name === WRITTEN_IN_PLACE) copyFileSync(source, target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target); // Another disk, or one without links.
  }
}
