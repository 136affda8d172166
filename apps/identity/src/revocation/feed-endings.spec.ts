import { connect, type Socket } from 'node:net';
import { Database } from '@gatehouse/service-kit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimsOf } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { type FeedConnection, feedToken, follow } from '../testing/feed.client.js';
import { FeedBatch } from './feed.batch.js';
import { FeedStream } from './feed.stream.js';
import { FeedStreams } from './feed.streams.js';
import { RevocationFeed } from './revocation.feed.js';
import { type NewRevocation, RevocationLog } from './revocation.log.js';
import { RevocationsRepository } from './revocations.repository.js';

const until = (condition: () => void): Promise<void> =>
  vi.waitFor(condition, { timeout: 15_000, interval: 5 });
const expiresAt = new Date(Date.now() + 3_600_000);

describe('a connection to the revocation feed', () => {
  let app: IdentityTestApp;
  let token: string;
  const revoke = (revocations: NewRevocation | NewRevocation[]): Promise<void> =>
    app.get(Database).transaction((manager) => app.get(RevocationLog).record(manager, revocations));
  const openStreams = (): number => app.get(FeedStreams).size;

  beforeEach(async () => {
    app = await createIdentityTestApp();
    token = await feedToken(app);
  });
  afterEach(() => app.close());

  it('ends when its token expires', async () => {
    await app.close();
    app = await createIdentityTestApp({ environment: { ACCESS_TOKEN_TTL: '2s' } });
    token = await feedToken(app);
    const connection = await follow(app, token);
    await connection.ended;
    const { exp } = claimsOf(token) as { exp: number };
    expect(Math.abs(Date.now() - exp * 1_000)).toBeLessThan(500);
    expect(connection.synced).toBe(true);
  });

  it('ends when its client is disabled, and tells that last; a new one is refused', async () => {
    const connection = await follow(app, token);
    await until(() => expect(connection.synced).toBe(true));
    await revoke({ kind: 'client', id: 'another', before: new Date(), expiresAt });
    await revoke({ kind: 'client', id: 'consumer', before: new Date(), expiresAt });
    await connection.ended;
    expect(connection.revoked).toEqual(['another', 'consumer']);
    expect((await follow(app, token)).answer.status).toBe(401);
  });

  it('ends when its token is revoked', async () => {
    const connection = await follow(app, token);
    await until(() => expect(connection.synced).toBe(true));
    await revoke({ kind: 'token', id: claimsOf(token)['jti'] as string, expiresAt });
    await connection.ended;
  });

  it('ends, all told, when identity stops, and does not hold it up', async () => {
    const connection = await follow(app, token);
    await until(() => expect(connection.synced).toBe(true));
    await app.close();
    await connection.ended;
    app = await createIdentityTestApp();
  });

  it('leaves nothing behind when the receiver goes', async () => {
    const connections = await Promise.all(Array.from({ length: 20 }, () => follow(app, token)));
    await until(() => expect(connections.every(({ synced }) => synced)).toBe(true));
    expect(openStreams()).toBe(20);
    for (const connection of connections) connection.close();
    await until(() => expect(openStreams()).toBe(0));
    await app.fetch('/revocations', { method: 'HEAD', headers: { authorization: `Bearer ${token}` } });
    await app.fetch('/revocations?after=7', { headers: { authorization: `Bearer ${token}` } });
    expect(openStreams()).toBe(0);
  });

  describe('of a receiver that takes nothing', () => {
    const MANY = 20_000;
    let socket: Socket;
    let text: string;
    let quick: FeedConnection;
    beforeEach(async () => {
      text = '';
      quick = await follow(app, token);
      const { hostname, port } = new URL(app.url);
      socket = connect(Number(port), hostname, () => {
        socket.write(
          `GET /revocations HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
        );
      });
      socket.on('data', (chunk) => (text += chunk.toString('latin1')));
      await vi.waitUntil(() => openStreams() === 2);
      socket.pause();
      for (let batch = 0; batch < 10; batch += 1)
        await revoke(Array.from({ length: MANY / 10 }, someSession));
    });
    afterEach(() => {
      socket.destroy();
      quick.close();
    });

    it('keeps nobody waiting, and gets everything once it takes it', async () => {
      await until(() => expect(quick.revoked.length).toBe(MANY));
      socket.resume();
      await until(() => expect(text.split('event: revocation').length - 1).toBe(MANY));
    });
  });
});

describe('the stream of a receiver that takes nothing', () => {
  it('keeps a megabyte or so, and is given up after 15 seconds', async () => {
    const app = await createIdentityTestApp();
    const feed = app.get(RevocationFeed);
    const receiver = { clientId: 'consumer', tokenId: 'jti', expiresAt: Date.now() / 1_000 + 3_600 };
    const stream = new FeedStream(feed, app.get(RevocationsRepository), receiver, 0);
    stream.read(0);
    await until(() => expect(stream.readableLength).toBeGreaterThan(0));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const revocations = Array.from({ length: 1_000 }, (_, i) => {
      return { position: i, kind: 'session', id: 'x'.repeat(64), expiresAt: 4e9, before: null } as const;
    });
    for (let position = 1_000; position < 100_000; position += 1_000) {
      stream.hear(new FeedBatch(revocations, position));
    }
    expect(stream.readableLength).toBeLessThan(1_300_000);
    vi.advanceTimersByTime(14_999);
    expect(stream.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    expect(stream.destroyed).toBe(true);
    vi.useRealTimers();
    await app.close();
  });
});

let sessions = 0;
function someSession(): NewRevocation {
  sessions += 1;
  return { kind: 'session', id: `ses_${sessions}`.padEnd(64, 'x'), expiresAt };
}
