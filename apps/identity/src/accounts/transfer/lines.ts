import { isUtf8 } from 'node:buffer';

/** A line of a text file. */
export interface Line {
  /** From 1 on. */
  readonly number: number;
  /** Without its end; undefined where {@link trouble} says why. */
  readonly text?: string;
  readonly trouble?: string;
}

/** Bytes that one line, or one record of several, may have. */
export const LONGEST = 65_536;

const NEWLINE = 10;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The lines of a file in UTF-8, one after the other, however large the file is: a line without an end is told, not
 * kept.
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line, undefined> {
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  let tooLong = false;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const part = chunk.subarray(from, end);
      const bytes = rest.length > 0 ? Buffer.concat([rest, part]) : part;
      yield lineOf((number += 1), bytes, tooLong);
      [rest, tooLong, from] = [Buffer.alloc(0), false, end + 1];
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
    if (rest.length > LONGEST) [rest, tooLong] = [Buffer.alloc(0), true];
  }
  if (rest.length > 0 || tooLong) yield lineOf(number + 1, rest, tooLong);
  return undefined;
}

function lineOf(number: number, bytes: Buffer, tooLong: boolean): Line {
  if (tooLong || bytes.length > LONGEST) return { number, trouble: `it is longer than ${LONGEST} bytes` };
  if (!isUtf8(bytes)) return { number, trouble: 'it has bytes that are no UTF-8' };
  const text = bytes.toString();
  const begin = number === 1 && text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  return { number, text: text.slice(begin, text.endsWith('\r') ? -1 : undefined) };
}
