import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withinRequest } from '../http/request.context.js';
import { timeLeft } from './time.left.js';

describe('the time that is left for the database', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const after = (milliseconds: number, most: number) => {
    const traceparent = '00-1-2-01' as never;
    const request = { requestId: '1', traceparent, acceptLanguage: undefined, begunAt: performance.now() };
    vi.advanceTimersByTime(milliseconds);
    return withinRequest(request, () => timeLeft(most));
  };

  it.each([
    ['all of it, where nobody waits', timeLeft, 1_250],
    ['all of it, at the beginning', (most: number) => after(0, most), 1_250],
    ['what is left, in the midst', (most: number) => after(1_000, most), 600],
    ['a little, towards the end', (most: number) => after(1_800, most), 300],
    ['all of it, for a stream', (most: number) => after(60_000, most), 1_250],
  ])('is %s', (_, left, expected) => {
    expect(Math.round(left(1_250))).toBe(expected);
  });
});
