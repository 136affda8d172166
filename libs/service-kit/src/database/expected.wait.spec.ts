import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExpectedWait } from './expected.wait.js';

describe('the wait to expect', () => {
  let wait: ExpectedWait;

  beforeEach(() => {
    vi.useFakeTimers();
    wait = new ExpectedWait();
  });
  afterEach(() => void vi.useRealTimers());

  /** So many join, and are served one after the other. */
  const serve = (count: number, milliseconds: number): void => {
    for (const leave of Array.from({ length: count }, () => wait.enter())) {
      vi.advanceTimersByTime(milliseconds);
      leave(true);
    }
  };

  it('is none where nobody waits', () => {
    serve(5, 1_000);
    expect(wait.ofNext).toBe(0);
  });

  it('grows with those ahead, by what each has taken before', () => {
    serve(20, 10);
    for (let ahead = 0; ahead < 10; ahead += 1) wait.enter();
    expect(wait.ofNext).toBeCloseTo(100, -1);
  });

  it('is long where many have waited and nobody was served, and short again soon after', () => {
    const crowd = Array.from({ length: 50 }, () => wait.enter());
    vi.advanceTimersByTime(500);
    for (const leave of crowd) leave(false);
    wait.enter();
    expect(wait.ofNext).toBeCloseTo(500, -1);
    for (let i = 0; i < 50; i += 1) wait.enter()(true);
    expect(wait.ofNext).toBeLessThan(5);
  });
});
