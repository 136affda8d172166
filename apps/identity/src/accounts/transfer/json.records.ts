import type { FileRecord } from './file.record.js';
import type { Line } from './lines.js';

/** The records of a file with one JSON object a line (NDJSON). */
export async function* jsonRecords(lines: AsyncGenerator<Line, undefined>): AsyncGenerator<FileRecord> {
  for await (const { number: line, text, trouble } of lines) {
    if (trouble) yield { line, trouble };
    else if (text?.trim()) yield { line, ...objectIn(text) };
  }
}

function objectIn(text: string): Omit<FileRecord, 'line'> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { fields: value as Record<string, unknown> };
  } catch {
    return { trouble: 'it is no JSON' };
  }
  return { trouble: 'it is no JSON object' };
}
