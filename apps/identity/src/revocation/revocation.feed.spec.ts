import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { RevocationLog } from './revocation.log.js';
import { type FeedConnection, feedToken, follow, snapshot } from '../testing/feed.client.js';

const until = (condition: () => void): Promise<void> =>
  vi.waitFor(condition, { timeout: 10_000, interval: 5 });
const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

describe.each(testDatabases())('F26: the revocation feed on $name', (database) => {
  let app: IdentityTestApp;
  let token: string;
  let connections: FeedConnection[];

  const connect = async (...args: [options?: Parameters<typeof follow>[2], at?: IdentityTestApp]) => {
    const connection = await follow(args[1] ?? app, token, args[0]);
    connections.push(connection);
    return connection;
  };
  const revoke = (id: string, at = app): Promise<void> =>
    at
      .get(Database)
      .transaction((manager) =>
        at.get(RevocationLog).record(manager, { kind: 'session', id, expiresAt: inAnHour() }),
      );

  beforeEach(async () => {
    app = await createIdentityTestApp({ database });
    token = await feedToken(app);
    connections = [];
  });
  afterEach(async () => {
    for (const connection of connections) connection.close();
    await app.close();
  });

  it('tells what was revoked, then that all is told, then each new one as it is committed', async () => {
    await revoke('ses_1');
    const connection = await connect();
    expect(connection.answer.status).toBe(200);
    expect(connection.answer.headers.get('content-type')).toBe('text/event-stream');
    await until(() => expect(connection.synced).toBe(true));
    await revoke('ses_2');
    await until(() => expect(connection.revoked).toEqual(['ses_1', 'ses_2']));
    const [first, synced, second] = connection.events;
    expect([first!.event, synced!.event, second!.event]).toEqual(['revocation', 'synced', 'revocation']);
    expect(first!.data).toEqual({ kind: 'session', id: 'ses_1', expires_at: expect.any(Number) });
    expect(synced!.id).toBe(first!.id);
    expect(second!.id).toBeGreaterThan(first!.id!);
  });

  it.each(['lastEventId', 'after'])('goes on from where %s says', async (name) => {
    const before = await connect();
    await revoke('ses_1');
    await until(() => expect(before.revoked).toEqual(['ses_1']));
    const { position } = before;
    before.close();
    await revoke('ses_2');
    const connection = await connect({ [name]: position });
    await until(() => expect(connection.synced).toBe(true));
    expect(connection.revoked).toEqual(['ses_2']);
  });

  it('tells subjects and clients until when what they had is ended', async () => {
    const connection = await connect();
    const before = new Date('2026-06-04T03:04:25.997Z');
    await app.get(Database).transaction((manager) =>
      app.get(RevocationLog).record(manager, [
        { kind: 'subject', id: 'usr_1', before, expiresAt: inAnHour() },
        { kind: 'client', id: 'somebody', before, expiresAt: inAnHour() },
      ]),
    );
    await until(() => expect(connection.revoked).toEqual(['usr_1', 'somebody']));
    expect(connection.events.map(({ data }) => data.before).filter(Boolean)).toEqual([
      1780542265, 1780542265,
    ]);
  });

  it.each(['9999999999999', '1', 'nonsense', '-1'])('says that position %s is unknown', async (after) => {
    await revoke('ses_1');
    const connection = await connect({ after });
    await connection.ended;
    expect(connection.events).toEqual([{ event: 'reset', id: undefined, data: {} }]);
  });

  it('knows a position that another replica has just told', async () => {
    const replica = await createIdentityTestApp({ databaseUrl: app.databaseUrl });
    try {
      for (let turn = 0; turn < 10; turn += 1) {
        const here = await connect();
        await revoke(`ses_${turn}`);
        await until(() => expect(here.revoked).toContain(`ses_${turn}`));
        const there = await connect({ after: here.position }, replica);
        await until(() => expect(there.events.length).toBeGreaterThan(0));
        expect(there.events[0]!.event).toBe('synced');
      }
    } finally {
      for (const connection of connections) connection.close();
      await replica.close();
    }
  });

  it('tells what another replica has committed', async () => {
    const replica = await createIdentityTestApp({ databaseUrl: app.databaseUrl });
    const connection = await connect();
    await until(() => expect(connection.synced).toBe(true));
    await revoke('ses_1', replica);
    await until(() => expect(connection.revoked).toEqual(['ses_1']));
    await replica.close();
  });

  it('sends a comment at least every five seconds', async () => {
    const connection = await connect();
    await until(() => expect(connection.comments).toBeGreaterThan(0));
  }, 10_000);

  it('survives a restart, and goes on', async () => {
    await revoke('ses_1');
    const before = await connect();
    await until(() => expect(before.synced).toBe(true));
    const { position } = before;
    await revoke('ses_2');
    const again = await createIdentityTestApp({ databaseUrl: app.databaseUrl });
    const connection = await connect({ after: position }, again);
    await until(() => expect(connection.synced).toBe(true));
    expect(connection.revoked).toEqual(['ses_2']);
    connection.close();
    await again.close();
  });

  it('tells nothing of a change that was undone', async () => {
    const connection = await connect();
    const undone = app.get(Database).transaction(async (manager) => {
      await app.get(RevocationLog).record(manager, { kind: 'session', id: 'ses_1', expiresAt: inAnHour() });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await revoke('ses_2');
    await until(() => expect(connection.revoked).toEqual(['ses_2']));
  });

  it('is for clients with the scope alone', async () => {
    const reader = await userToken(app);
    for (const path of ['/revocations', '/revocations/snapshot']) {
      expect((await app.fetch(path)).status).toBe(401);
      const refused = await app.fetch(path, { headers: { authorization: `Bearer ${reader}` } });
      expect(refused.status).toBe(403);
      expect(refused.headers.get('www-authenticate')).toContain('scope="revocations:read"');
    }
  });

  it('answers HEAD as GET, and ends it', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await app.fetch('/revocations', { method: 'HEAD', headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
  });

  it('gives a snapshot from which the feed goes on', async () => {
    await revoke('ses_1');
    const page = await snapshot(app, token);
    expect(page).toEqual({
      position: expect.any(Number),
      more: false,
      revocations: [['session', 'ses_1', expect.any(Number)]],
    });
    const beyond = await snapshot(app, token, page.position + 1_000_000);
    expect(beyond).toEqual({ position: page.position, more: false, revocations: [] });
    await revoke('ses_2');
    const connection = await connect({ after: page.position });
    await until(() => expect(connection.revoked).toEqual(['ses_2']));
  });
});
