import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type App, ROOT } from '../workspace/apps.ts';

/** When what an app runs was last built: its own output and that of every library it uses. Changes when it should restart. */
export function buildStamp(app: App, root = ROOT): number {
  return Math.max(...foldersOf(app.directory, root).map((folder) => newestIn(join(folder, 'dist'))));
}

function foldersOf(folder: string, root: string, seen = new Set<string>()): string[] {
  if (seen.has(folder)) return [];
  seen.add(folder);
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  const libraries = Object.keys(dependencies)
    .filter((name) => name.startsWith('@gatehouse/'))
    .map((name) => join(root, 'libs', name.slice('@gatehouse/'.length)));
  return [folder, ...libraries.flatMap((library) => foldersOf(library, root, seen))];
}

function newestIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  return Math.max(0, ...files.map((file) => statSync(join(folder, file)).mtimeMs));
}
