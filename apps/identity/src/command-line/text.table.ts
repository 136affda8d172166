import type { Cell, Row } from './output.js';

// What others gave us, a User-Agent say, must not speak to the terminal: C0 and C1 controls, and what turns text around.
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Rows in columns, as wide as they need to be. @param heading styles the first line; without it there is none */
export function textTable<Entry extends Row>(
  rows: readonly Entry[],
  columns: readonly (keyof Entry & string)[],
  heading?: (line: string) => string,
): string {
  const cells = rows.map((row) => columns.map((column) => printable(row[column])));
  const all = heading ? [columns.map((column) => column.replaceAll('_', ' ')), ...cells] : cells;
  const widths = columns.map((_, i) => Math.max(...all.map((line) => line[i]!.length)));
  const lines = all.map((line) =>
    line
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
  return lines.map((line, at) => (heading && at === 0 ? heading(line) : line)).join('\n');
}

/** A value as a person reads it on a terminal. */
export function printable(value: Cell): string {
  if (value === null || value === undefined || value === false) return '-';
  if (value === true) return 'yes';
  const text = typeof value === 'object' ? value.join(' ') : String(value);
  return text.replaceAll(CONTROLS, '?') || '-';
}
