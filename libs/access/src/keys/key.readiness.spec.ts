import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeysUnavailable, LocalKeySource } from '@gatehouse/tokens';
import { KeyReadiness } from './key.readiness.js';

describe('readiness of the keys', () => {
  let away: boolean;
  let fetches: number;
  let readiness: KeyReadiness;
  const source = {
    find: () => Promise.resolve(undefined),
    refresh: () => {
      fetches += 1;
      return away ? Promise.reject(new KeysUnavailable()) : Promise.resolve();
    },
  };

  beforeEach(() => {
    vi.useFakeTimers();
    [away, fetches] = [true, 0];
    readiness = new KeyReadiness(source);
  });
  afterEach(() => {
    readiness.onModuleDestroy();
    vi.useRealTimers();
  });

  it('comes with the first fetch that succeeds, and stays', async () => {
    readiness.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    expect(readiness.ready()).toBe(false);
    away = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(readiness.ready()).toBe(true);
    away = true;
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    expect(readiness.ready()).toBe(true);
  });

  it('is there at once where they were kept from before, and they are looked for all the same', () => {
    const kept = new KeyReadiness({ ...source, generation: 1 });
    expect(kept.ready()).toBe(true);
    kept.onApplicationBootstrap();
    expect(fetches).toBe(1);
    kept.onModuleDestroy();
  });

  it('asks ever less often while identity is away', async () => {
    readiness.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(fetches).toBeGreaterThan(3);
    fetches = 0;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetches).toBeGreaterThanOrEqual(11);
    expect(fetches).toBeLessThanOrEqual(13);
  });

  it('looks every minute afterwards: a retired key must be noticed', async () => {
    away = false;
    readiness.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(fetches).toBe(11);
  });

  it('stops asking when the service stops', async () => {
    readiness.onApplicationBootstrap();
    readiness.onModuleDestroy();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetches).toBe(1);
  });

  it('is there at once where the keys are at hand, without a timer', async () => {
    const local = new KeyReadiness(new LocalKeySource());
    local.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(0);
    expect(local.ready()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
