import { randomBytes } from 'node:crypto';

/**
 * A new id: a prefix that tells what it names, 48 bits of time so that rows stay in order of insertion,
 * 80 random bits (the shape of a UUIDv7, RFC 9562 §5.7, in plain hex).
 */
export function newId<Prefix extends string>(prefix: Prefix, at = Date.now()): `${Prefix}_${string}` {
  return `${prefix}_${timeIn(at)}${randomBytes(10).toString('hex')}`;
}

/** What sorts before every id that was made then or later. */
export function firstIdAt<Prefix extends string>(prefix: Prefix, at: number): `${Prefix}_${string}` {
  return `${prefix}_${timeIn(Math.max(at, 0))}`;
}

function timeIn(milliseconds: number): string {
  return milliseconds.toString(16).padStart(12, '0');
}
