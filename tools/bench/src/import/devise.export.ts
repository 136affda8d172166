import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What all of them have signed in with so far. */
export const PASSWORD = 'correct horse battery staple';

/** bcrypt's digest of it, at Devise's cost. */
const DIGEST = '$2b$10$vVI4XaWK7BJh0luhEvnmmu0aRIE2xc.lo8Krc7J8824QoXkJcOPW.';

const HEADER =
  'id,email,encrypted_password,confirmed_at,locked_at,failed_attempts,created_at,updated_at,unconfirmed_email,locale';
const CHUNK = 1_000;

/** The address of the record with this number. */
export function emailOf(record: number): string {
  return `User${record}@devise.example`;
}

/** Writes what a table of Devise's has, as CSV. */
export async function writeDeviseExport(path: string, records: number): Promise<void> {
  await pipeline(Readable.from(linesOf(records)), createWriteStream(path));
}

function* linesOf(records: number): Generator<string> {
  yield `${HEADER}\n`;
  for (let from = 0; from < records; from += CHUNK) {
    yield Array.from({ length: Math.min(CHUNK, records - from) }, (_, i) => lineOf(from + i)).join('');
  }
}

/** One in ten is unconfirmed, one in a hundred locked. */
function lineOf(record: number): string {
  const confirmedAt = record % 10 === 9 ? '' : '2020-01-02 03:04:05.123456';
  const lockedAt = record % 100 === 99 ? '2021-01-01 00:00:00' : '';
  const times = '2019-05-06 07:08:09.123456,2022-01-01 00:00:00.000000';
  return `${record},${emailOf(record)},${DIGEST},${confirmedAt},${lockedAt},0,${times},,de\n`;
}
