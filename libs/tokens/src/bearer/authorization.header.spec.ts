import { describe, expect, it } from 'vitest';
import { bearerToken } from './authorization.header.js';

describe('the bearer of an Authorization header', () => {
  it.each(['Bearer abc', 'bearer abc', 'BEARER abc', 'bEaReR abc', 'Bearer  abc', 'bearer   abc'])(
    'is found in %j',
    (value) => {
      expect(bearerToken(value)).toBe('abc');
    },
  );

  it.each(['Basic abc', 'Bearerabc', 'Bearer2 abc', '', 'Token Bearer abc', 'DPoP abc', 'Bearer\tabc'])(
    'is absent from %j',
    (value) => {
      expect(bearerToken(value)).toBeUndefined();
    },
  );

  it('is empty where only the scheme was sent', () => {
    expect(bearerToken('Bearer')).toBe('');
    expect(bearerToken('Bearer ')).toBe('');
  });

  it('is given as it was sent, good or bad', () => {
    expect(bearerToken('Bearer a b')).toBe('a b');
    expect(bearerToken('Bearer {"x":1}')).toBe('{"x":1}');
    expect(bearerToken('Bearer a\u00a0\n')).toBe('a\u00a0\n');
  });
});
