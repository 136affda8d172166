import { describe, expect, it } from 'vitest';
import { encoded, HEADER } from '../testing/token.fixture.js';
import { HeaderReader } from './header.reader.js';
import { InvalidToken } from './invalid-token.error.js';

describe('the reader of headers', () => {
  const other = { ...HEADER, kid: 'other' };

  it('reads one header like the first time, whatever it has read between', () => {
    const reader = new HeaderReader();
    for (const header of [HEADER, HEADER, other, HEADER]) {
      expect(reader.read(encoded(header))).toEqual(header);
    }
  });

  it('refuses one as often as it comes, and still knows the good one', () => {
    const reader = new HeaderReader();
    reader.read(encoded(HEADER));
    for (const bad of [
      '',
      encoded({ ...HEADER, typ: 'JWT' }),
      `${encoded(HEADER)}=`,
      encoded({ ...HEADER, crit: [] }),
    ]) {
      for (let use = 0; use < 2; use += 1) expect(() => reader.read(bad)).toThrow(InvalidToken);
    }
    expect(reader.read(encoded(HEADER))).toEqual(HEADER);
  });

  it('refuses an empty header before it has read any', () => {
    expect(() => new HeaderReader().read('')).toThrow(InvalidToken);
  });
});
