import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of an installed program, servers included: those live in sbin, which is not on everybody's PATH. */
export function findProgram(name: string): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/libexec',
  ];
  return folders
    .filter((folder) => folder)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
