import { Controller, Get } from '@nestjs/common';
import { TestIdentity } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccessOptions } from '../access.options.js';
import { bearer, type GuardedApp, startGuardedApp } from '../testing/guarded.app.js';
import { REVOCATIONS, type Revocations } from './revocations.js';

@Controller()
class Routes {
  @Get('me')
  me() {
    return {};
  }
}

describe('a service that follows the feed', () => {
  let identity: TestIdentity;
  let app: GuardedApp | undefined;
  const start = async (options: Partial<AccessOptions> = {}): Promise<GuardedApp> => {
    const client = { id: 'articles', secret: 's3cret' };
    const access = { issuer: identity.issuer, audience: 'gatehouse', client, ...options };
    return (app = await startGuardedApp([Routes], access));
  };
  const statusWith = async (token: string): Promise<number> => (await app!.get('/me', bearer(token))).status;

  beforeEach(async () => {
    identity = await TestIdentity.start();
  });
  afterEach(async () => {
    await app?.close();
    await identity.close();
  });

  it('logs in as itself, is ready when it listens, and refuses what is revoked from then on', async () => {
    await start();
    const token = identity.tokenFor({ sid: 'ses_1' });
    for (let use = 0; use < 3; use += 1) expect(await statusWith(token)).toBe(200);
    expect(identity.feed.bearers.at(-1)).toMatch(/^Bearer ey/);
    identity.feed.revoke({ kind: 'session', id: 'ses_1', expires_at: 4e9 });
    await vi.waitFor(async () => expect(await statusWith(token)).toBe(401), { timeout: 1_000, interval: 5 });
    for (let use = 0; use < 20; use += 1) expect(await statusWith(token)).toBe(401);
    expect(await statusWith(identity.tokenFor({ sid: 'ses_2' }))).toBe(200);
  });

  it('F6: starts without identity, answers 503, and is ready when identity comes', async () => {
    const token = identity.tokenFor();
    const gauges = new Map<string, () => number>();
    const checks = new Map<string, () => boolean>();
    const answers = <T>(told: Map<string, () => T>) =>
      Object.fromEntries([...told].map(([name, ask]) => [name, ask()]));
    identity.outage();
    await start({
      metrics: { gauge: (name, _, read) => gauges.set(name, read), counts: () => undefined },
      readiness: { register: (name, check) => checks.set(name, check) },
    });
    const revocations = app!.provider<Revocations>(REVOCATIONS);
    expect(revocations.current).toBe(false);
    expect(answers(checks)).toEqual({ keys: false, revocations: false });
    expect(await statusWith(token)).toBe(503);
    expect((await app!.get('/me')).status).toBe(503);
    identity.recover();
    await vi.waitFor(async () => expect(await statusWith(token)).toBe(200), { timeout: 10_000 });
    expect(revocations.status).toMatchObject({ connected: true, entries: 0 });
    expect(answers(checks)).toEqual({ keys: true, revocations: true });
    expect(answers(gauges)).toEqual({
      revocations_connected: 1,
      revocations_entries: 0,
      revocations_staleness_seconds: expect.closeTo(0, -1),
    });
  });

  it('F6: serves through an outage of 20 minutes, and answers 503 after more than 30', async () => {
    let now = Date.now();
    await start({ clock: () => now });
    const token = identity.tokenFor({ exp: Math.floor(now / 1_000) + 86_400 });
    expect(await statusWith(token)).toBe(200);
    identity.outage();
    now += 20 * 60_000;
    for (let use = 0; use < 3; use += 1) expect(await statusWith(token)).toBe(200);
    now += 10 * 60_000 + 5_000;
    for (let use = 0; use < 3; use += 1) expect(await statusWith(token)).toBe(503);
    identity.recover();
    await vi.waitFor(async () => expect(await statusWith(token)).toBe(200), { timeout: 10_000 });
  });
});
