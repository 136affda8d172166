import { randomBytes } from 'node:crypto';
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

  it('still knows most of a thousand after they all came', () => {
    const filter = new SightFilter();
    const signatures = Array.from({ length: 1_000 }, () => randomBytes(64));
    for (const signature of signatures) filter.sees(signature);
    expect(signatures.filter((signature) => filter.sees(signature)).length).toBeGreaterThan(850);
  });
});
