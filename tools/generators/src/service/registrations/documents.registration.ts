import type { Tree } from '@nx/devkit';
import type { Service } from '../service.ts';
import { edit } from './edit.ts';

/** In the README's table of services and in ARCHITECTURE's list of the apps, each time as the last. */
export function registerDocuments(tree: Tree, { plural, many, port }: Service): void {
  const url = `http://localhost:${port}`;
  edit(tree, 'README.md', (text) =>
    addLine(text, {
      after: /^\| service .*\n(?:\|.*\n)+/m,
      unless: `| ${plural} `,
      line: `| ${plural} | ${url} | ${url}/docs |`,
    }),
  );
  edit(tree, 'ARCHITECTURE.md', (text) =>
    addLine(text, {
      after: /^apps\/\n(?: +\S.*\n)+/m,
      unless: `  ${plural}/`,
      line: `  ${`${plural}/`.padEnd(18)} a guarded API: owns ${many}`,
    }),
  );
}

interface Addition {
  /** The block whose last line it follows. */
  after: RegExp;
  /** What a line of the block starts with that says it already. */
  unless: string;
  line: string;
}

function addLine(text: string, { after, unless, line }: Addition): string | undefined {
  const block = after.exec(text);
  if (!block) return undefined;
  if (block[0].split('\n').some((each) => each.startsWith(unless))) return text;
  const end = block.index + block[0].length;
  return `${text.slice(0, end)}${line}\n${text.slice(end)}`;
}
