import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { AccessTokenClaims } from '@gatehouse/contracts';
import { TestIdentity } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FeedReceiver, type FeedReceiverOptions } from './feed.receiver.js';
import { HttpFeed } from './http.feed.js';
import { SnapshotFile } from './snapshot.file.js';

const until = (condition: () => void): Promise<void> =>
  vi.waitFor(condition, { timeout: 10_000, interval: 5 });

describe('F26: the receiver of the revocation feed', () => {
  let identity: TestIdentity;
  let logins: (string | undefined)[];
  let receivers: FeedReceiver[];
  let ended: number;

  const start = async (options: Partial<FeedReceiverOptions> = {}): Promise<FeedReceiver> => {
    const feed = new HttpFeed(identity.issuer, async (refused) => {
      logins.push(refused);
      return identity.tokenFor({ kind: 'service' });
    });
    const receiver = new FeedReceiver({ feed, maxStaleness: 1_800, ...options });
    receivers.push(receiver);
    await receiver.onApplicationBootstrap();
    return receiver;
  };
  const started = async (options?: Partial<FeedReceiverOptions>): Promise<FeedReceiver> => {
    const receiver = await start(options);
    await until(() => expect(receiver.status.connected).toBe(true));
    return receiver;
  };
  /** Ends another session. */
  const revoke = (): string => {
    ended += 1;
    identity.feed.revoke({ kind: 'session', id: `ses_${ended}`, expires_at: 4e9 });
    return `ses_${ended}`;
  };
  const knows = (receiver: FeedReceiver, sid: string): boolean => {
    const claims = { sid, jti: 'jti', sub: 'usr_1', client_id: 'consumer', iat: 1 } as AccessTokenClaims;
    return receiver.covers({ claims, kid: 'key' });
  };
  const toKnow = (receiver: FeedReceiver, ...sessions: string[]): Promise<void> =>
    until(() => expect(sessions.filter((session) => !knows(receiver, session))).toEqual([]));

  beforeEach(async () => {
    vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    identity = await TestIdentity.start();
    [logins, receivers, ended] = [[], [], 0];
  });
  afterEach(async () => {
    await Promise.all(receivers.map((receiver) => receiver.onModuleDestroy()));
    await identity.close();
    vi.restoreAllMocks();
  });

  it('knows what was revoked before it came, page by page, and what is revoked later', async () => {
    identity.feed.pageSize = 3;
    const before = Array.from({ length: 10 }, revoke);
    const receiver = await started();
    expect(before.every((session) => knows(receiver, session))).toBe(true);
    expect(identity.feed.requests.filter((path) => path.startsWith('/revocations/snapshot')).length).toBe(4);
    const { epoch } = receiver;
    await toKnow(receiver, revoke());
    expect(receiver.epoch).toBeGreaterThan(epoch);
    expect(receiver.status).toMatchObject({ connected: true, entries: 11 });
  });

  it('goes on where it was when the connection breaks, and misses nothing', async () => {
    const receiver = await started();
    const sessions = [revoke()];
    await toKnow(receiver, ...sessions);
    for (let cut = 0; cut < 5; cut += 1) {
      identity.feed.cut();
      sessions.push(revoke(), revoke());
      await toKnow(receiver, ...sessions);
    }
    expect(identity.feed.requests.filter((path) => path.startsWith('/revocations/snapshot')).length).toBe(1);
    expect(identity.feed.requests.at(-1)).toMatch(/^\/revocations\?after=10\d\d$/);
  });

  it('says once for each outage, in a sentence, what is the matter', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn');
    const refused = new Error('identity refused the login');
    const feed = new HttpFeed(identity.issuer, () =>
      Promise.reject(new Error('It failed.', { cause: refused })),
    );
    await start({ feed });
    expect(warn.mock.calls).toEqual([
      ['The revocation feed is cut off: identity refused the login. It is tried again until it is back.'],
    ]);
    await start({ feed: new HttpFeed('http://localhost:1', async () => 'token') });
    expect(warn.mock.lastCall?.[0]).toMatch(/^The revocation feed is cut off: .*ECONNREFUSED/);
  });

  it('comes back when its token has expired, with another one', async () => {
    const receiver = await started();
    identity.feed.end();
    await until(() => expect(identity.feed.bearers.length).toBe(3));
    expect(new Set(identity.feed.bearers).size).toBe(3);
    await toKnow(receiver, revoke());
  });

  it('asks for another token when one was refused', async () => {
    const receiver = await started();
    identity.feed.refuse(1);
    identity.feed.cut();
    await until(() => expect(logins.filter((refused) => refused !== undefined)).toHaveLength(1));
    await toKnow(receiver, revoke());
  });

  it('takes a snapshot again when its position is unknown, and forgets what is not in it', async () => {
    const receiver = await started();
    const lost = revoke();
    await toKnow(receiver, lost);
    identity.feed.startOver();
    const kept = revoke();
    const { epoch } = receiver;
    identity.feed.cut();
    await toKnow(receiver, kept);
    await until(() => expect(receiver.status.connected).toBe(true));
    expect(knows(receiver, lost)).toBe(false);
    expect(receiver.epoch).toBeGreaterThan(epoch);
  });

  it('takes no harm from frames that come twice or out of order', async () => {
    const receiver = await started();
    const frame = (position: number): string =>
      `event: revocation\nid: ${position}\ndata: {"kind":"session","id":"ses_x${position}","expires_at":4000000000}\n\n`;
    for (const position of [1_005, 1_003, 1_005, 1_004, 1_003]) identity.feed.send(frame(position));
    await toKnow(receiver, 'ses_x1003', 'ses_x1004', 'ses_x1005');
    expect(receiver.status.entries).toBe(3);
    identity.feed.cut();
    await until(() => expect(identity.feed.requests.at(-1)).toBe('/revocations?after=1005'));
  });

  it('passes over events it does not know, and starts anew after what is no event', async () => {
    const receiver = await started();
    const before = identity.feed.requests.length;
    identity.feed.send('event: greeting\nid: 1000\ndata: hello\n\n');
    identity.feed.send('event: revocation\nid: x\ndata: {}\n\n');
    await until(() => expect(identity.feed.requests.length).toBeGreaterThan(before));
    await toKnow(receiver, revoke());
  });

  it('lets nobody pass before the first synced, and nobody once the feed is silent for too long', async () => {
    let now = 0;
    identity.outage();
    const receiver = await start({ clock: () => now });
    expect(receiver.current).toBe(false);
    expect(receiver.status.staleness).toBe(Infinity);
    identity.recover();
    await until(() => expect(receiver.current).toBe(true));
    identity.outage();
    now = 1_800_000;
    expect(receiver.current).toBe(true);
    now += 1;
    expect(receiver.current).toBe(false);
    expect(receiver.status.staleness).toBeCloseTo(1_800, 1);
    identity.recover();
    await until(() => expect(receiver.current).toBe(true));
  });

  it('is not kept fresh by an identity that cannot say what was revoked', async () => {
    let now = 0;
    const receiver = await started({ clock: () => now });
    now = 1_000_000;
    identity.feed.refuse(1_000);
    identity.feed.end();
    await until(() => expect(identity.feed.requests.length).toBeGreaterThan(4));
    expect(receiver.status.staleness).toBe(1_000);
    expect(receiver.status.connected).toBe(false);
  });

  describe('with a file', () => {
    let folder: string;
    let file: SnapshotFile;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
      const { issuer } = identity;
      file = new SnapshotFile({ path: join(folder, 'revocations'), secret: 's3cret', issuer });
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it('outlives a restart while identity is away, and goes on from there', async () => {
      const session = revoke();
      const first = await started({ file });
      await first.onModuleDestroy();
      identity.outage();
      const second = await start({ file });
      expect(second.current).toBe(true);
      expect(knows(second, session)).toBe(true);
      const later = revoke();
      identity.recover();
      await toKnow(second, later);
      expect(identity.feed.requests.filter((path) => path.startsWith('/revocations/snapshot')).length).toBe(
        1,
      );
    });

    it('does not take what it kept for fresher than it is', async () => {
      let now = 10_000_000;
      const clock = (): number => now;
      const first = await started({ file, clock });
      await first.onModuleDestroy();
      identity.outage();
      now += 1_800_001;
      expect((await start({ file, clock })).current).toBe(false);
    });

    it('is not ready with a file that was tampered with', async () => {
      const first = await started({ file });
      await first.onModuleDestroy();
      identity.outage();
      const { issuer } = identity;
      const another = new SnapshotFile({ path: join(folder, 'revocations'), secret: 'another', issuer });
      expect((await start({ file: another })).current).toBe(false);
    });
  });
});
