import { stripVTControlCharacters, styleText } from 'node:util';

/** Rows under a heading, in columns as wide as their widest cell. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((_, column) =>
    Math.max(...[heading, ...rows].map((row) => width(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell)))
      .join('   ')
      .trimEnd();
  return [styleText('dim', line(heading)), ...rows.map(line)].map((text) => `  ${text}`).join('\n');
}

function width(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
