import type { SourceFile } from './source.file.ts';

/** Specs, what a project keeps for specs alone, and the tools: none of it runs in production, as all the rest does. */
export function isTest({ path }: Pick<SourceFile, 'path'>): boolean {
  return /\.(spec|fixture)\.ts$|\/src\/(.+\/)?testing\//.test(path) || /^(tools|e2e)\//.test(path);
}
