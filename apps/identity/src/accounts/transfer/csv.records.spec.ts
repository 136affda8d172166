import { describe, expect, it } from 'vitest';
import { csvRecords } from './csv.records.js';
import type { FileRecord } from './file.record.js';
import { jsonRecords } from './json.records.js';
import { LONGEST, linesOf } from './lines.js';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(records: AsyncIterable<FileRecord>): Promise<FileRecord[]> {
  const found: FileRecord[] = [];
  for await (const record of records) found.push(record);
  return found;
}

/** However the file is cut into chunks, it says the same. */
async function recordsOf(file: string | Buffer, read: typeof csvRecords | typeof jsonRecords = csvRecords) {
  const bytes = Buffer.from(file);
  const [first, ...others] = await Promise.all(
    [1, 7, bytes.length].map((size) => all(read(linesOf(inChunks(bytes, size))))),
  );
  for (const other of others) expect(other).toEqual(first);
  return first!;
}

const told = ({ line, fields, trouble }: FileRecord) => [line, trouble ?? Object.values(fields!).join('|')];

describe('a CSV file', () => {
  it('is read with quotes, line breaks within them, and a byte order mark', async () => {
    const file =
      '\uFEFFEmail,name\r\na@x.example,"Ada ""the first"""\r\n\r\nb@x.example,"two\nlines"\r\nc@x.example,';
    expect((await recordsOf(file)).map(told)).toEqual([
      [2, 'a@x.example|Ada "the first"'],
      [4, 'b@x.example|two\nlines'],
      [6, 'c@x.example|'],
    ]);
    expect((await recordsOf(file))[0]!.fields).toHaveProperty('email');
  });

  it.each([
    ['a quote that is never closed', '"b', 'a quote is not closed within 65536 bytes'],
    ['a quote within a field', 'z"q,1', 'a quote is not closed within 65536 bytes'],
    ['two of them', 'z"q",1', 'its quotes cannot be understood'],
    ['too many fields', 'b,2,3', 'it has 3 fields, and there are 2 columns'],
    ['too few', 'b', 'it has 1 fields, and there are 2 columns'],
    ['a line without end', 'b'.repeat(LONGEST + 1), 'it is longer than 65536 bytes'],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe]), 'it has bytes that are no UTF-8'],
  ])('loses no other record by one with %s', async (_, bad, trouble) => {
    const good = Buffer.from('email,name\na,1\n');
    const records = await recordsOf(Buffer.concat([good, Buffer.from(bad), Buffer.from('\nc,3\nd,4')]));
    expect(records.map(told)).toEqual([
      [2, 'a|1'],
      [3, trouble],
      [4, 'c|3'],
      [5, 'd|4'],
    ]);
  });

  it('resumes behind a quote that another one far below would close', async () => {
    const records = await recordsOf('email,name\n"a,1\nb,2\nc"x,3\nd,4');
    expect(records.map(told)).toEqual([
      [2, 'its quotes cannot be understood'],
      [3, 'b|2'],
      [4, 'a quote is not closed within 65536 bytes'],
      [5, 'd|4'],
    ]);
  });

  it('may be empty', async () => {
    expect(await recordsOf('')).toEqual([]);
  });

  it.each([
    ['name\nAda', 'must name the columns'],
    ['email,email\na,b', 'the column email twice'],
    ['\0\0\0', 'must name the columns'],
  ])('has to name its columns: %j', async (file, sentence) => {
    await expect(recordsOf(file)).rejects.toThrow(sentence);
  });
});

describe('an NDJSON file', () => {
  it('is read a line at a time, and a bad line costs no other', async () => {
    const file = `{"email":"a"}\n\n{"email":\n[1]\n"b"\nnull\n{"email":"c"}\n`;
    expect((await recordsOf(file, jsonRecords)).map(told)).toEqual([
      [1, 'a'],
      [3, 'it is no JSON'],
      [4, 'it is no JSON object'],
      [5, 'it is no JSON object'],
      [6, 'it is no JSON object'],
      [7, 'c'],
    ]);
  });
});
