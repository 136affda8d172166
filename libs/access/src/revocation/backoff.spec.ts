import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff.js';

describe('backing off', () => {
  it('waits ever longer, up to five seconds', () => {
    const backoff = new Backoff(() => 1);
    const waits = Array.from({ length: 8 }, () => backoff.afterFailure());
    expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  });

  it('keeps apart those that were cut off at once', () => {
    const waits = new Set(Array.from({ length: 100 }, () => new Backoff().afterFailure()));
    expect(waits.size).toBeGreaterThan(90);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(50);
  });

  it('begins anew after a success', () => {
    const backoff = new Backoff(() => 1);
    backoff.afterFailure();
    backoff.afterFailure();
    expect(backoff.afterSuccess()).toBe(100);
    expect(backoff.afterFailure()).toBe(100);
  });
});
