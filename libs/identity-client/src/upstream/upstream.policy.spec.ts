import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UpstreamAnswer } from './upstream.answer.js';
import { UpstreamFailed, UpstreamTimedOut } from './upstream.errors.js';
import { UpstreamPolicy } from './upstream.policy.js';

type Answer = UpstreamAnswer<unknown>;

let policy: UpstreamPolicy;
let attempts: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  policy = new UpstreamPolicy();
  attempts = 0;
});
afterEach(() => vi.useRealTimers());

const answer = (status: number, headers = {}): Answer => new UpstreamAnswer(status, headers, '');
const call = (
  outcome: () => Answer | Promise<Answer>,
  idempotent = true,
  deadline = 2_000,
): Promise<Answer> =>
  policy.execute(
    async () => {
      attempts += 1;
      return outcome();
    },
    { idempotent, signal: AbortSignal.timeout(deadline) },
  );
const fail = (error: Error) => (): never => {
  throw error;
};

describe('a call', () => {
  it.each([
    ['could not be made', fail(new UpstreamFailed({ unreached: true }))],
    ['a gateway could not pass on', () => answer(502)],
    ['found a service that is not there yet', () => answer(503)],
  ])('that %s is tried again, twice at most', async (_, outcome) => {
    await call(outcome).catch((error: unknown) => error);
    expect(attempts).toBe(3);
    expect((await call(() => (attempts > 4 ? answer(200) : outcome()))).status).toBe(200);
  });

  it.each([
    ['may not be made twice', fail(new UpstreamFailed({ unreached: true })), false],
    ['brought garbage', fail(new UpstreamFailed()), true],
    ['took too long', fail(new UpstreamTimedOut()), true],
    ['met an error', () => answer(500), true],
    ['is to come back later', () => answer(503, { 'retry-after': '1' }), true],
    ['was refused', () => answer(404), true],
  ])('that %s is not tried again', async (_, outcome, idempotent) => {
    await call(outcome, idempotent).catch((error: unknown) => error);
    expect(attempts).toBe(1);
  });

  it('ends at its deadline, with what is known by then', async () => {
    await expect(call(() => new Promise(() => undefined), true, 50)).rejects.toBeInstanceOf(UpstreamTimedOut);
    expect((await call(() => answer(502), true, 1)).status).toBe(502);
  });
});

describe('the circuit breaker', () => {
  const open = async (): Promise<void> => {
    for (let i = 0; i < 5; i += 1) await call(() => answer(500));
  };

  it('makes no calls to an upstream that fails', async () => {
    await open();
    await expect(call(() => answer(200))).rejects.toMatchObject({ code: 'unavailable' });
    expect(attempts).toBe(5);
  });

  it('tries one after a second, and lets all pass when that one was good', async () => {
    await open();
    vi.setSystemTime(Date.now() + 1_000);
    expect((await call(() => answer(500))).status).toBe(500);
    await expect(call(() => answer(200))).rejects.toMatchObject({ code: 'unavailable' });
    vi.setSystemTime(Date.now() + 1_000);
    expect((await call(() => answer(200))).status).toBe(200);
    expect((await call(() => answer(200))).status).toBe(200);
  });

  it('stays closed for few failures among many calls, and for whatever callers do wrong', async () => {
    for (let i = 0; i < 40; i += 1) await call(() => answer(i % 3 === 0 ? 500 : 404));
    expect((await call(() => answer(200))).status).toBe(200);
  });
});

describe('the places', () => {
  it('are a hundred; a thousand wait, and more are sent away at once', async () => {
    const end = Promise.withResolvers<Answer>();
    const calls = Array.from({ length: 1_100 }, () => call(() => end.promise, true, 5_000));
    await expect(call(() => answer(200))).rejects.toMatchObject({ code: 'unavailable' });
    expect(attempts).toBe(100);
    end.resolve(answer(200));
    expect((await Promise.all(calls)).every(({ status }) => status === 200)).toBe(true);
  });

  it('are not waited for beyond the deadline', async () => {
    const end = Promise.withResolvers<Answer>();
    const calls = Array.from({ length: 100 }, () => call(() => end.promise));
    await expect(call(() => answer(200), true, 20)).rejects.toBeInstanceOf(UpstreamTimedOut);
    end.resolve(answer(200));
    await Promise.all(calls);
  });
});
