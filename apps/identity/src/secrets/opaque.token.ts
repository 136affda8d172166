import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret of 256 bits that nobody can guess, in base64url: 43 characters. */
export function newOpaqueToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is kept of an opaque token. A plain hash is enough: 256 random bits cannot be searched, so neither salt nor
 * stretching adds anything.
 */
export function digestOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** Whether the secret is the one of the digest, in time that does not depend on how alike they are. */
export function matchesDigest(token: string, digest: string): boolean {
  const actual = Buffer.from(digestOf(token));
  const expected = Buffer.from(digest);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
