import type { Tree } from '@nx/devkit';
import { parseSync } from 'vite';
import type { Service } from '../service.ts';
import { edit } from './edit.ts';

/** Its DTOs among what contracts exports, in order of the files. */
export function registerContracts(tree: Tree, { plural, singular, Singular }: Service): void {
  const file = `./${plural}/${singular}.dto.js`;
  const names = [`${Singular}Dto`, `${Singular}PageQuery`, `Create${Singular}Dto`, `Update${Singular}Dto`];
  const line = `export { ${names.toSorted().join(', ')} } from '${file}';\n`;
  edit(tree, 'libs/contracts/src/index.ts', (text) => {
    const exported = exportsOf(text);
    if (exported.some(({ source }) => source === file)) return text;
    const start = exported.find(({ source }) => source > file)?.start ?? text.length;
    return text.slice(0, start) + line + text.slice(start);
  });
}

function exportsOf(text: string): { source: string; start: number }[] {
  return parseSync('index.ts', text).program.body.flatMap((statement) =>
    statement.type === 'ExportNamedDeclaration' && statement.source
      ? [{ source: statement.source.value, start: statement.start }]
      : [],
  );
}
