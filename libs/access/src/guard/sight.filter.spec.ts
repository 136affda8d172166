import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SightFilter } from './sight.filter.js';

describe('the filter of first sights', () => {
  it('sees a signature for the first time once', () => {
    const filter = new SightFilter();
    const signature = randomBytes(64);
    expect([filter.sees(signature), filter.sees(signature), filter.sees(signature)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('tells signatures apart', () => {
    const filter = new SightFilter();
    const repeats = Array.from({ length: 10_000 }, () => filter.sees(randomBytes(64))).filter(Boolean);
    expect(repeats).toEqual([]);
  });

  it('still knows a thousand after they all came', () => {
    const filter = new SightFilter();
    // The same in every run: at random, more than one run in a thousand has four slots that three of them share.
    const signatures = Array.from({ length: 1_000 }, (_, i) => createHash('sha512').update(`${i}`).digest());
    for (const signature of signatures) filter.sees(signature);
    expect(signatures.filter((signature) => filter.sees(signature)).length).toBeGreaterThan(990);
  });

  it('keeps two signatures that share a slot, and the latest two of three', () => {
    const filter = new SightFilter();
    const [a, b, c] = [1, 2, 3].map((mark) => Buffer.from([0, 0, 0, 0, mark, 0, 0, 0])) as [
      Buffer,
      Buffer,
      Buffer,
    ];
    for (const signature of [a, b]) filter.sees(signature);
    expect([filter.sees(a), filter.sees(b)]).toEqual([true, true]);
    filter.sees(c);
    expect([filter.sees(b), filter.sees(c), filter.sees(a)]).toEqual([true, true, false]);
  });
});
