import { describe, expect, it } from 'vitest';
import { retryDelay } from './retry.delay.js';

describe('how long to wait after a try that failed', () => {
  const seconds = (kind: 'away' | 'deferred', random: number) =>
    [1, 2, 3, 4, 9, 20, 2_000].map((attempts) => retryDelay(kind, attempts, random) / 1_000);

  it('doubles, up to half a minute for a server that is away and a quarter of an hour for a mail', () => {
    expect(seconds('away', 0)).toEqual([5, 10, 20, 30, 30, 30, 30]);
    expect(seconds('deferred', 0)).toEqual([5, 10, 20, 40, 900, 900, 900]);
  });

  it('is up to half of that less, at random', () => {
    expect(seconds('deferred', 1)).toEqual([2.5, 5, 10, 20, 450, 450, 450]);
    const delays = new Set(Array.from({ length: 50 }, () => retryDelay('deferred', 5)));
    expect(delays.size).toBeGreaterThan(10);
  });
});
