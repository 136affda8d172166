import { CsvError, parse } from 'csv-parse/sync';
import type { FileRecord } from './file.record.js';
import { LineQueue } from './line.queue.js';
import { LONGEST, type Line } from './lines.js';
import { FileRefused } from './transfer.errors.js';

/**
 * The records of a CSV file (RFC 4180) whose first one names the columns. What cannot be read costs its own line and no
 * other: after a quote without its partner a parser alone would take the rest of the file for one field.
 *
 * @throws FileRefused when the first record names no columns
 */
export async function* csvRecords(lines: AsyncGenerator<Line, undefined>): AsyncGenerator<FileRecord> {
  const queue = new LineQueue(lines);
  let columns: string[] | undefined;
  for (let first = await queue.next(); first; first = await queue.next()) {
    const { number: line, text, trouble } = first;
    if (trouble === undefined && !text) continue;
    const [cells, wrong] = trouble === undefined ? await cellsOf(queue, text!) : [undefined, trouble];
    if (!columns) columns = namesIn(cells);
    else if (!cells) yield { line, trouble: wrong };
    else if (cells.length !== columns.length)
      yield { line, trouble: `it has ${cells.length} fields, and there are ${columns.length} columns` };
    else yield { line, fields: Object.fromEntries(cells.map((cell, i) => [columns![i]!, cell])) };
  }
}

type Cells = [cells: string[]] | [cells: undefined, trouble: string];

/** The fields of the record that begins with a line: those behind it that it needs are taken off the queue. */
async function cellsOf(queue: LineQueue, first: string): Promise<Cells> {
  // Most records have no quote, and then a comma ends a field: no parser can make more of them.
  if (!first.includes('"')) return [first.split(',')];
  const text = await queue.continued(first, isOpen);
  if (text === undefined) return [undefined, `a quote is not closed within ${LONGEST} bytes`];
  try {
    const [cells] = parse(text, { relax_column_count: true });
    queue.take();
    return [cells ?? []];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return [undefined, 'its quotes cannot be understood'];
  }
}

/** Whether a quoted field goes on: a quote within one is doubled, so their number tells. */
function isOpen(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}

function namesIn(cells: string[] | undefined): string[] {
  const names = cells?.map((cell) => cell.trim().toLowerCase()) ?? [];
  if (!names.includes('email'))
    throw new FileRefused('The first line must name the columns, and email among them.');
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new FileRefused(`The first line names the column ${twice} twice.`);
  return names;
}
