import { randomUUID } from 'node:crypto';
import { Database } from '@gatehouse/service-kit';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { CuttingProxy } from '../testing/cutting.proxy.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { failuresThen, statusesOf, trySignIn } from '../testing/sign-in.attempts.js';

/** A Valkey or Redis for tests alone. */
const SERVER = process.env['TEST_REDIS_URL'];
/** Its database that is emptied here: other specs have others. */
const URL_OF_LIMITS = SERVER && new URL('/7', SERVER).href;
const NOBODY_THERE = 'redis://127.0.0.1:1';

/** The longest that Valkey may hold a request up, in milliseconds. */
const BOUND = 50;

function start(redisUrl: string, databaseUrl?: string): Promise<IdentityTestApp> {
  const environment = { LOGIN_LIMITS: 'on', LOGIN_MAX_FAILURES: '4', REDIS_URL: redisUrl };
  return createIdentityTestApp({ environment, ...(databaseUrl && { databaseUrl }) });
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const before = performance.now();
  return [await work(), performance.now() - before];
}

// On a machine so busy that Valkey takes longer than its deadline, replicas count by themselves, as they should.
const ON_A_BUSY_MACHINE = { retry: 3 };

describe.each(URL_OF_LIMITS ? [URL_OF_LIMITS] : [])(
  'limits that two replicas share',
  ON_A_BUSY_MACHINE,
  (redisUrl) => {
    let redis: Redis;
    let proxy: CuttingProxy;
    let app: IdentityTestApp;
    let replica: IdentityTestApp;
    beforeEach(async () => {
      redis = new Redis(redisUrl);
      await redis.flushdb();
      // Pausing the server itself would hold up other specs.
      proxy = await CuttingProxy.start();
      proxy.target = Number(new URL(redisUrl).port);
      const url = `${proxy.url.replace('http', 'redis')}/7`;
      app = await start(url);
      replica = await start(url, app.databaseUrl);
    });
    afterEach(async () => {
      await replica.close();
      await app.close();
      await proxy.close();
      redis.disconnect();
    });

    const countsInValkey = (at: IdentityTestApp) =>
      vi.waitFor(
        async () => {
          await redis.flushdb();
          await trySignIn(at, { email: `${randomUUID()}@example.com` });
          expect(await redis.keys('*limits:account*')).toHaveLength(1);
        },
        { timeout: 10_000, interval: 100 },
      );

    it('hold for both together, and keep no address', async () => {
      const statuses = [];
      for (const at of [app, replica, app, replica, app, replica])
        statuses.push((await trySignIn(at)).status);
      expect(statuses).toEqual(failuresThen(4, 429, 429));
      expect((await redis.keys('*')).join(' ')).not.toMatch(/reader|example/);
    });

    it('leave one event of one lock-out', async () => {
      for (const at of [app, replica, app, replica, app, replica, app]) await trySignIn(at);
      const { manager } = app.get(Database);
      expect(await manager.countBy(AuditEvent, { type: 'user.lock_out' })).toBe(1);
    });

    it('hold for many at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) => trySignIn(index % 2 ? app : replica)),
      );
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(4);
    });

    it('while Valkey does not answer, are counted by each replica, and nobody waits for it', async () => {
      const [, usual] = await timed(() => trySignIn(app, { email: 'warm-up@example.com' }));
      proxy.hold(true);
      const [statuses, took] = await timed(() => statusesOf(app, 5));
      expect(statuses).toEqual(failuresThen(4, 429));
      // One of them waited, once.
      expect(took).toBeLessThan(5 * 3 * usual + BOUND);
      expect(await statusesOf(replica, 1)).toEqual([401]);
      proxy.hold(false);
      for (const at of [app, replica]) await countsInValkey(at);
      expect(await statusesOf(app, 5, () => ({ email: 'later@example.com' }))).toEqual(failuresThen(4, 429));
      expect(await statusesOf(replica, 1, () => ({ email: 'later@example.com' }))).toEqual([429]);
    });

    it('once Valkey was emptied, begin anew', async () => {
      expect(await statusesOf(app, 5)).toEqual(failuresThen(4, 429));
      await redis.flushdb();
      expect(await statusesOf(replica, 5)).toEqual(failuresThen(4, 429));
    });
  },
);

describe('limits where Valkey is away from the start', () => {
  it('are counted by the replica', async () => {
    const app = await start(NOBODY_THERE);
    expect(await statusesOf(app, 5)).toEqual(failuresThen(4, 429));
    await app.close();
  });
});
