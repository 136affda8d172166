import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Readiness } from './readiness.js';

describe('readiness', () => {
  let readiness: Readiness;

  beforeEach(() => {
    vi.useFakeTimers();
    readiness = new Readiness();
  });

  afterEach(() => vi.useRealTimers());

  it('is there where nothing is needed', async () => {
    expect(await readiness.report()).toEqual({ accepting: true });
  });

  it('says of each thing whether it is there, also of one that throws', async () => {
    readiness.register('keys', () => true);
    readiness.register('cache', async () => false);
    readiness.register('feed', () => {
      throw new Error('away');
    });
    expect(await readiness.report()).toEqual({ accepting: true, keys: true, cache: false, feed: false });
  });

  it('takes what hangs for away after a second, and asks it but once', async () => {
    const hang = vi.fn<() => Promise<boolean>>(() => new Promise<boolean>(() => undefined));
    readiness.register('database', hang);
    const reports = [readiness.report(), readiness.report()];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all(reports)).toEqual([
      { accepting: true, database: false },
      { accepting: true, database: false },
    ]);
    expect(hang).toHaveBeenCalledOnce();
  });

  it('asks again what has answered', async () => {
    const check = vi.fn<() => boolean>(() => true);
    readiness.register('database', check);
    await readiness.report();
    await readiness.report();
    expect(check).toHaveBeenCalledTimes(2);
  });

  it('ends with draining', async () => {
    readiness.register('keys', () => true);
    readiness.drain();
    expect(readiness.draining).toBe(true);
    expect(await readiness.report()).toEqual({ accepting: false, keys: true });
  });
});
