import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from './deadline.js';
import { UpstreamFailed, UpstreamTimedOut } from './upstream.errors.js';

/** What Node would end the process for. */
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

describe('waiting for work that is shared', () => {
  afterEach(() => {
    process.off('unhandledRejection', note);
    unhandled.length = 0;
  });

  it('gives its outcome', async () => {
    const signal = AbortSignal.timeout(1_000);
    expect(await waitFor(Promise.resolve(1), signal)).toBe(1);
    await expect(waitFor(Promise.reject(new UpstreamFailed()), signal)).rejects.toThrow(UpstreamFailed);
  });

  it.each([
    ['before it is waited for', 0],
    ['while it is waited for', 20],
  ])('goes on without us when the time is up %s, also when it fails later', async (_, delay) => {
    process.prependListener('unhandledRejection', note);
    const signal = delay === 0 ? AbortSignal.abort() : AbortSignal.timeout(delay);
    const { promise: work, reject } = Promise.withResolvers<never>();
    await expect(waitFor(work, signal)).rejects.toThrow(UpstreamTimedOut);
    reject(new UpstreamFailed());
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(unhandled).toEqual([]);
  });
});
