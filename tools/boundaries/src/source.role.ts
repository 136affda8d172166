import type { SourceFile } from './source.file.ts';

/** Specs, and what a project keeps for specs alone; the rest runs in production. */
export function isTest({ path }: Pick<SourceFile, 'path'>): boolean {
  return /\.spec\.ts$|\/src\/testing\//.test(path) || path.startsWith('e2e/');
}
