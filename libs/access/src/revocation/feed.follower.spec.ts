import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FeedFollower } from './feed.follower.js';
import { InMemoryRevocations } from './in-memory.revocations.js';
import type { FeedMessage, RevocationFeed } from './revocation.feed.js';

/** A feed whose every connection says what the test says, and breaks when it is told to. */
class ScriptedFeed implements RevocationFeed {
  private say: (message: FeedMessage) => void = () => undefined;

  async page() {
    return { position: 5, more: false, revocations: [] };
  }

  async *follow(_: number, signal: AbortSignal): AsyncGenerator<FeedMessage> {
    const { promise: broken, reject } = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    for (;;) {
      const { promise: said, resolve } = Promise.withResolvers<FeedMessage>();
      this.say = resolve;
      yield await Promise.race([said, broken]);
    }
  }

  async tell(message: FeedMessage): Promise<void> {
    this.say(message);
    await vi.advanceTimersByTimeAsync(0);
  }
}

describe('a connection to the feed', () => {
  let feed: ScriptedFeed;
  let follower: FeedFollower;
  let outcome: Promise<unknown>;

  beforeEach(async () => {
    vi.useFakeTimers();
    feed = new ScriptedFeed();
    follower = new FeedFollower(feed, new InMemoryRevocations(), Date.now);
    outcome = follower.follow(new AbortController().signal).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(0);
  });
  afterEach(() => vi.useRealTimers());

  it('is given up when nothing has come for 15 seconds', async () => {
    await feed.tell({ type: 'synced', position: 5 });
    for (let comment = 0; comment < 10; comment += 1) {
      await vi.advanceTimersByTimeAsync(14_000);
      await feed.tell({ type: 'alive' });
    }
    expect(follower.connected).toBe(true);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await outcome).toMatchObject({ message: 'the feed has fallen silent' });
    expect(follower.connected).toBe(false);
  });

  it('counts as heard of by every sign of life after all is known, and by none before', async () => {
    await feed.tell({ type: 'alive' });
    expect(follower.heardAt).toBe(Number.NEGATIVE_INFINITY);
    await feed.tell({ type: 'synced', position: 5 });
    await vi.advanceTimersByTimeAsync(4_000);
    await feed.tell({ type: 'alive' });
    expect(follower.heardAt).toBe(Date.now());
  });

  it('never takes the position back', async () => {
    const revocation = { kind: 'session', id: 'ses_1', expires_at: 4e9 } as const;
    for (const position of [9, 7]) await feed.tell({ type: 'revocation', position, revocation });
    expect(follower.position).toBe(9);
    await feed.tell({ type: 'synced', position: 8 });
    expect(follower.position).toBe(9);
  });
});
