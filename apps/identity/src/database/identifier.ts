import { randomBytes } from 'node:crypto';

/**
 * A new id: a prefix that tells what it names, 48 bits of time so that rows stay in order of insertion,
 * 80 random bits (the shape of a UUIDv7, RFC 9562 §5.7, in plain hex).
 */
export function newId<Prefix extends string>(prefix: Prefix): `${Prefix}_${string}` {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${prefix}_${time}${randomBytes(10).toString('hex')}`;
}
