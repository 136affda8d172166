/** One row: what each column says. */
export type Row = Record<string, string | number>;

/** Rows as a table in Markdown, which a terminal shows as one too. All rows have the columns of the first. */
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
        at === 1 ? rule(widths[i]!, i) : i ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!),
      ),
    )
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** The first column names, all others are figures. */
function rule(width: number, column: number): string {
  return column ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width);
}
