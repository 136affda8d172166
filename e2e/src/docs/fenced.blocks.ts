import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gatehouse/workspace';

/** The fenced blocks of a page in `docs`, by their language; those of one language in their order. */
export function fencedBlocks(page: string): Partial<Record<string, string[]>> {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return blocks.reduce<Record<string, string[]>>((found, [, language = '', block = '']) => {
    (found[language] ??= []).push(block);
    return found;
  }, {});
}
