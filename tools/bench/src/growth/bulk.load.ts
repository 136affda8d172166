import { Readable } from 'node:stream';
import type { Connection } from 'mysql2/promise';
import { Progress } from '../report/progress.js';

/** What a cell may hold. */
export type Cell = string | number | Date | null;

/** Rows of one table, made as they are loaded. */
export interface TableRows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly count: number;
  row(index: number): Cell[];
}

/** Rows that one statement brings. */
const STEP = 50_000;
const CHUNK = 500;

/** Fills a table by LOAD DATA, in the order of its primary key if the rows come so. */
export async function bulkLoad(connection: Connection, rows: TableRows): Promise<void> {
  const progress = new Progress(`loading ${rows.table}`, rows.count);
  for (let from = 0; from < rows.count; from += STEP) {
    const to = Math.min(from + STEP, rows.count);
    await connection.query({
      sql: `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${rows.table} CHARACTER SET utf8mb4 (${rows.columns.join(', ')})`,
      infileStreamFactory: () => Readable.from(linesOf(rows, from, to)),
    });
    progress.show(to);
  }
  progress.end();
  await connection.query(`ANALYZE TABLE ${rows.table}`);
}

function* linesOf(rows: TableRows, from: number, to: number): Generator<Buffer> {
  for (let at = from; at < to; at += CHUNK) {
    const lines = Array.from({ length: Math.min(CHUNK, to - at) }, (_, i) =>
      rows
        .row(at + i)
        .map(text)
        .join('\t'),
    );
    yield Buffer.from(`${lines.join('\n')}\n`);
  }
}

function text(cell: Cell): string {
  if (cell === null) return '\\N';
  return cell instanceof Date ? cell.toISOString().replace('T', ' ').slice(0, 23) : String(cell);
}
