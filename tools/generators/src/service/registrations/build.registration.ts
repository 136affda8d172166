import type { Tree } from '@nx/devkit';
import type { Service } from '../service.ts';
import { edit } from './edit.ts';

/** Among the projects that `npm run dev` compiles, as the last. */
export function registerBuild(tree: Tree, { plural }: Service): void {
  const reference = `{ "path": "apps/${plural}" }`;
  edit(tree, 'tsconfig.build.json', (text) => {
    if (text.includes(`"apps/${plural}"`)) return text;
    const last = text.lastIndexOf('}', text.lastIndexOf(']')) + 1;
    return last > 0 ? `${text.slice(0, last)},\n${reference}${text.slice(last)}` : undefined;
  });
}
