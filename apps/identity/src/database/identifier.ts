import { randomBytes, randomInt } from 'node:crypto';

/** Of the id made last. */
let latest = { at: Number.NaN, count: 0 };

/**
 * A new id: a prefix that tells what it names, 48 bits of time and 16 of a counter so that rows stay in order of
 * insertion, 64 random bits (a UUIDv7 in plain hex, RFC 9562 §5.7; the counter as in §6.2, method 1).
 */
export function newId<Prefix extends string>(prefix: Prefix, at = Date.now()): `${Prefix}_${string}` {
  // It begins anywhere in the lower half, which leaves 32,768 ids to a millisecond at least.
  const count = at === latest.at ? (latest.count + 1) & 0xffff : randomInt(0x8000);
  latest = { at, count };
  return `${prefix}_${timeIn(at)}${count.toString(16).padStart(4, '0')}${randomBytes(8).toString('hex')}`;
}

/** What sorts before every id that was made then or later. */
export function firstIdAt<Prefix extends string>(prefix: Prefix, at: number): `${Prefix}_${string}` {
  return `${prefix}_${timeIn(Math.max(at, 0))}`;
}

function timeIn(milliseconds: number): string {
  return milliseconds.toString(16).padStart(12, '0');
}
