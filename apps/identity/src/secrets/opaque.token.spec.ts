import { describe, expect, it } from 'vitest';
import { digestOf, matchesDigest, newOpaqueToken } from './opaque.token.js';

describe('an opaque token', () => {
  it('has 256 bits in base64url', () => {
    const token = newOpaqueToken();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(newOpaqueToken()).not.toBe(token);
  });

  it('fits its own digest alone', () => {
    const token = newOpaqueToken();
    expect(matchesDigest(token, digestOf(token))).toBe(true);
    expect(matchesDigest(newOpaqueToken(), digestOf(token))).toBe(false);
    expect(matchesDigest(token, 'no digest')).toBe(false);
  });
});
