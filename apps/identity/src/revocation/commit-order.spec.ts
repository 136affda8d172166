import { setTimeout as pause } from 'node:timers/promises';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { feedToken, follow } from '../testing/feed.client.js';
import { RevocationLog } from './revocation.log.js';

const until = (condition: () => void): Promise<void> =>
  vi.waitFor(condition, { timeout: 15_000, interval: 5 });
const entry = (id: string) => ({ kind: 'session', id, expiresAt: new Date(Date.now() + 3_600_000) }) as const;

/** A transaction that has recorded a revocation and waits. */
async function openTransaction(app: IdentityTestApp, id: string): Promise<() => Promise<void>> {
  const runner = app.get(Database).dataSource.createQueryRunner();
  await runner.startTransaction();
  await app.get(RevocationLog).record(runner.manager, entry(id));
  return async () => {
    await runner.commitTransaction();
    await runner.release();
  };
}

let app: IdentityTestApp;
let replica: IdentityTestApp;
let token: string;

function onTwoReplicas(database: ReturnType<typeof testDatabases>[number]): void {
  beforeEach(async () => {
    app = await createIdentityTestApp({ database });
    replica = await createIdentityTestApp({ databaseUrl: app.databaseUrl });
    token = await feedToken(app);
  });
  afterEach(async () => {
    await replica.close();
    await app.close();
  });
}

describe.each(testDatabases())('the order of the feed on $name', (database) => {
  onTwoReplicas(database);

  it('is the one of the commits, and nobody who comes and goes misses any', async () => {
    const expected = Array.from({ length: 200 }, (_, i) => `ses_${i}`);
    const revoked = new Set<string>();
    const commits = new AbortController();
    const comeAndGo = async (at: IdentityTestApp): Promise<void> => {
      for (let position = 0; !commits.signal.aborted || revoked.size < expected.length;) {
        const connection = await follow(at, token, { after: position });
        await pause(Math.random() * 60);
        connection.close();
        for (const id of connection.revoked) revoked.add(id);
        if (connection.events.length > 0) position = Math.max(position, connection.position);
      }
    };
    const constant = [await follow(app, token), await follow(replica, token)];
    const followers = [comeAndGo(app), comeAndGo(replica)];
    await Promise.all(
      expected.map(async (id, i) => {
        await pause(Math.random() * 500);
        const at = i % 2 ? app : replica;
        await at.get(Database).transaction(async (manager) => {
          await at.get(RevocationLog).record(manager, entry(id));
          if (database.name === 'mysql') await pause(Math.random() * 100);
        });
      }),
    );
    commits.abort();
    await Promise.all(followers);
    for (const connection of constant) {
      await until(() => expect(connection.revoked.length).toBe(200));
      expect(new Set(connection.revoked)).toEqual(new Set(expected));
      const told = connection.events.filter(({ event }) => event === 'revocation');
      const positions = told.map(({ id }) => id!);
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
      connection.close();
    }
  }, 60_000);
});

describe.each(testDatabases().filter(({ name }) => name === 'mysql'))(
  'transactions that commit in another order than they began, on $name',
  (database) => {
    onTwoReplicas(database);

    it('are both told, the earlier one last, and hold nobody up meanwhile', async () => {
      const connection = await follow(app, token);
      await until(() => expect(connection.synced).toBe(true));
      const commitFirst = await openTransaction(app, 'ses_first');
      const commitSecond = await openTransaction(app, 'ses_second');
      await commitSecond();
      await until(() => expect(connection.revoked).toEqual(['ses_second']));
      const { position } = connection;
      for (let i = 0; i < 20; i += 1) await (await openTransaction(replica, `ses_${i}`))();
      await until(() => expect(connection.revoked.length).toBe(21));
      await commitFirst();
      await until(() => expect(connection.revoked.at(-1)).toBe('ses_first'));
      const later = await follow(replica, token, { after: position });
      await until(() => expect(later.synced).toBe(true));
      expect(later.revoked).toContain('ses_first');
      connection.close();
      later.close();
    });

    it('are told although the process that committed dies before it can give them a position', async () => {
      const connection = await follow(replica, token);
      await until(() => expect(connection.synced).toBe(true));
      // What a process leaves behind that is killed right after COMMIT: a row without a position.
      await app
        .get(Database)
        .manager.query(
          `INSERT INTO revocations (kind, revoked_id, expires_at, created_at) VALUES ('session', 'ses_left', 4000000000, NOW())`,
        );
      await until(() => expect(connection.revoked).toEqual(['ses_left']));
      connection.close();
    });
  },
);
