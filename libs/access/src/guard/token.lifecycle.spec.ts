import { Controller, Get } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestIdentity } from '@gatehouse/testing';
import { InvalidToken, type KeySource, LocalKeySource } from '@gatehouse/tokens';
import { CurrentPrincipal } from '../decorators/access.decorators.js';
import { bearer, type GuardedApp, startGuardedApp } from '../testing/guarded.app.js';
import { KeyReadiness } from '../keys/key.readiness.js';
import type { Principal } from '../principal/principal.js';
import type { InMemoryRevocations } from '../revocation/in-memory.revocations.js';
import { REVOCATIONS } from '../revocation/revocations.js';

@Controller()
class Routes {
  @Get('me')
  me(@CurrentPrincipal() { id }: Principal) {
    return { id };
  }
}

/** Keys that count how often a verification asked for one. */
class CountingKeys implements KeySource {
  asked = 0;
  /** What happens once a key was given out. */
  answered: () => void = () => undefined;
  constructor(private readonly keys: LocalKeySource) {}

  get generation() {
    return this.keys.generation;
  }

  async find(kid: string) {
    this.asked += 1;
    const key = await this.keys.find(kid);
    this.answered();
    return key;
  }

  holds(kid: string) {
    return this.keys.holds(kid);
  }
}

describe('a token that is used again and again', () => {
  let identity: TestIdentity;
  let local: LocalKeySource;
  let keys: CountingKeys;
  let app: GuardedApp;
  let now: number;
  const statusWith = async (token: string) => (await app.get('/me', bearer(token))).status;
  const heat = async (token: string) => {
    for (let use = 0; use < 3; use += 1) expect(await statusWith(token)).toBe(200);
    expect(keys.asked).toBe(2);
  };

  beforeEach(async () => {
    now = Date.now();
    identity = await TestIdentity.start();
    local = new LocalKeySource();
    local.add(identity.kid, identity.publicKey);
    keys = new CountingKeys(local);
    const options = { issuer: identity.issuer, audience: 'gatehouse', keys, clock: () => now };
    app = await startGuardedApp([Routes], options);
  });
  afterEach(async () => {
    await app.close();
    await identity.close();
  });

  it('is verified twice, then known', async () => {
    const token = identity.tokenFor();
    for (let use = 0; use < 10; use += 1) expect(await statusWith(token)).toBe(200);
    expect(keys.asked).toBe(2);
  });

  it('is refused on the dot when it ends', async () => {
    const token = identity.tokenFor({ exp: Math.floor(now / 1_000) + 100 });
    await heat(token);
    now += 159_000;
    expect(await statusWith(token)).toBe(200);
    now += 1_000;
    expect(await statusWith(token)).toBe(401);
  });

  it.each<
    [
      string,
      (id: { sid: string; jti: string; kid: string }) => {
        kind: 'session' | 'token' | 'key' | 'subject' | 'client';
        id: string;
      },
    ]
  >([
    ['its session', ({ sid }) => ({ kind: 'session', id: sid })],
    ['itself', ({ jti }) => ({ kind: 'token', id: jti })],
    ['its key', ({ kid }) => ({ kind: 'key', id: kid })],
    ['its subject', () => ({ kind: 'subject', id: 'usr_reader' })],
    ['its client', () => ({ kind: 'client', id: 'gatehouse:test' })],
  ])('is refused once %s is revoked, hot or not', async (_what, entryFor) => {
    const ids = { sid: 'ses_1', jti: 'tok_1', kid: identity.kid };
    const token = identity.tokenFor(ids);
    await heat(token);
    const revocations = app.provider<InMemoryRevocations>(REVOCATIONS);
    revocations.add({ kind: 'session', id: 'ses_other', expires_at: 4e9 });
    expect(await statusWith(token)).toBe(200);
    revocations.add({ ...entryFor(ids), expires_at: 4e9 });
    for (let use = 0; use < 3; use += 1) expect(await statusWith(token)).toBe(401);
    expect(await statusWith(identity.tokenFor(ids))).toBe(401);
  });

  it('F8: is refused once its key is retired', async () => {
    const token = identity.tokenFor();
    await heat(token);
    local.add('next', identity.publicKey);
    expect(await statusWith(token)).toBe(200);
    local.remove(identity.kid);
    expect(await statusWith(token)).toBe(401);
  });

  it('F8: is refused when its key is retired while its signature is being checked', async () => {
    const token = identity.tokenFor();
    keys.answered = () => local.remove(identity.kid);
    for (let use = 0; use < 3; use += 1) expect(await statusWith(token)).toBe(401);
  });

  it('is not remembered when it is bad, however often it comes', async () => {
    const bad = identity.tokenFor({ aud: ['other'] });
    for (let use = 0; use < 5; use += 1) expect(await statusWith(bad)).toBe(401);
    expect(keys.asked).toBe(5);
  });

  it('gives every request the same principal, which no handler can change', async () => {
    const token = identity.tokenFor();
    await heat(token);
    const { Authority } = await import('./authority.js');
    const principal = app.provider<InstanceType<typeof Authority>>(Authority).recall(token)!;
    expect(Object.isFrozen(principal) && Object.isFrozen(principal.scopes)).toBe(true);
    expect(Object.isFrozen(principal.roles) && Object.isFrozen(principal.audience)).toBe(true);
  });
});

describe('F6: a guarded service without identity', () => {
  it('starts, stays up, answers 503 to token holders, and becomes ready when identity comes', async () => {
    const identity = await TestIdentity.start();
    const token = identity.tokenFor();
    identity.outage();
    const app = await startGuardedApp([Routes], { issuer: identity.issuer, audience: 'gatehouse' });
    const readiness = app.provider<KeyReadiness>(KeyReadiness);
    const answer = await app.get('/me', bearer(token));
    expect(answer.status).toBe(503);
    expect(answer.body).toMatchObject({ code: 'unavailable' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.headers['www-authenticate']).toBeUndefined();
    expect((await app.get('/me')).status).toBe(401);
    expect((await app.get('/me', bearer('garbage'))).status).toBe(401);
    expect(readiness.ready()).toBe(false);
    identity.recover();
    await expect.poll(() => readiness.ready(), { timeout: 10_000 }).toBe(true);
    expect((await app.get('/me', bearer(token))).status).toBe(200);
    identity.outage();
    expect((await app.get('/me', bearer(token))).status).toBe(200);
    expect((await app.get('/me', bearer(identity.tokenFor()))).status).toBe(200);
    expect(readiness.ready()).toBe(true);
    await app.close();
    await identity.close();
  });

  it('F8: accepts every token through rotations, and asks once per flood', async () => {
    const identity = await TestIdentity.start();
    const app = await startGuardedApp([Routes], { issuer: identity.issuer, audience: 'gatehouse' });
    const before = identity.tokenFor();
    expect((await app.get('/me', bearer(before))).status).toBe(200);
    expect(identity.keyRequests).toBe(1);
    const flood = Array.from({ length: 50 }, (_, i) =>
      identity.tokenFor({}, { header: { kid: `kid-${i}` } }),
    );
    const statuses = await Promise.all(
      flood.map(async (token) => (await app.get('/me', bearer(token))).status),
    );
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(identity.keyRequests).toBeLessThanOrEqual(2);
    await app.close();
    await identity.close();
  });
});

describe('several applications in one process', () => {
  it('each verify with their own issuer and keys', async () => {
    const identities = [await TestIdentity.start(), await TestIdentity.start({ algorithm: 'RS256' })];
    const apps: GuardedApp[] = [];
    for (const { issuer } of identities)
      apps.push(await startGuardedApp([Routes], { issuer, audience: 'gatehouse' }));
    const statuses = await Promise.all(
      apps.flatMap((app) =>
        identities.map(async (identity) => (await app.get('/me', bearer(identity.tokenFor()))).status),
      ),
    );
    expect(statuses).toEqual([200, 401, 401, 200]);
    await Promise.all([...apps, ...identities].map((running) => running.close()));
  });
});

describe('what the log tells', () => {
  it('is which check failed, and nothing of the token', async () => {
    const identity = await TestIdentity.start();
    const lines: unknown[] = [];
    const write = (...line: unknown[]) => void lines.push(...line);
    const logger = { log: write, error: write, warn: write };
    const app = await startGuardedApp(
      [Routes],
      { issuer: identity.issuer, audience: 'gatehouse' },
      { logger },
    );
    const token = identity.tokenFor({ exp: 1 });
    await app.get('/me', bearer(token));
    expect(lines).toContain('refused a token: expired');
    for (const part of token.split('.')) expect(lines.join(' ')).not.toContain(part);
    await app.close();
    await identity.close();
    expect(new InvalidToken('expired').message).not.toContain('expired');
  });
});
