/** One row: what each column says. */
export type Row = Record<string, string | number>;

/** Rows as a table for a terminal, in Markdown. All rows have the columns of the first. */
export function table(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [
    columns,
    columns.map(() => ''),
    ...rows.map((row) => columns.map((column) => `${row[column]}`)),
  ];
  const widths = columns.map((_column, i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines
    .map((line, at) =>
      line.map((cell, i) =>
        at === 1 ? '-'.repeat(widths[i]!) : i ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!),
      ),
    )
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
