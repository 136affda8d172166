import { Controller, Get, Post } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestIdentity, type TestClaims } from '@gatehouse/testing';
import type { AccessOptions } from '../access.options.js';
import { CurrentPrincipal, Public, RequireApiKey, RequireScope } from '../decorators/access.decorators.js';
import type { Principal } from '../principal/principal.js';
import { InMemoryRevocations } from '../revocation/in-memory.revocations.js';
import { bearer, type GuardedApp, PLATFORMS, startGuardedApp } from '../testing/guarded.app.js';

@Controller()
class Routes {
  @Get('any')
  any(@CurrentPrincipal() { id }: Principal) {
    return { id };
  }

  @Post('any')
  change() {
    return {};
  }

  @RequireScope('articles:write')
  @Get('write')
  write() {
    return {};
  }

  @RequireApiKey()
  @Get('both')
  both(@CurrentPrincipal() { id }: Principal) {
    return { id };
  }

  @Public()
  @Get('open')
  open() {
    return {};
  }
}

type Headers = [string, string][];
const ALICE = 'ghk_the-key-of-alice-0000000000';
const BOB = 'ghk_the-key-of-bob-000000000000';

describe.each(PLATFORMS)('API keys on %s', (_name, adapter) => {
  let identity: TestIdentity;
  let app: GuardedApp;
  let revocations: InMemoryRevocations;
  /** What each key is exchanged for. */
  let owners: Record<string, TestClaims>;
  let exchanges: string[];
  let away: boolean;

  const exchangeApiKey: AccessOptions['exchangeApiKey'] = async (key) => {
    exchanges.push(key);
    if (away) throw new Error('identity is away');
    const owner = owners[key];
    return owner && { access_token: identity.tokenFor(owner), expires_in: 900 };
  };
  const start = async (options: Partial<AccessOptions> = {}) => {
    const access = {
      issuer: identity.issuer,
      audience: 'gatehouse',
      exchangeApiKey,
      revocations,
      ...options,
    };
    app = await startGuardedApp([Routes], access, { adapter });
  };

  beforeEach(async () => {
    [exchanges, away] = [[], false];
    owners = {
      [ALICE]: { sub: 'usr_alice', sid: 'ses_key_1', scope: 'articles:read' },
      [BOB]: { sub: 'usr_bob' },
    };
    revocations = new InMemoryRevocations();
    identity = await TestIdentity.start();
    await start();
  });
  afterEach(async () => {
    await app.close();
    await identity.close();
  });

  const key = (value = ALICE): Headers => [['ApiKey', value]];
  const statusOf = async (path: string, headers: Headers, method?: string) =>
    (await app.get(path, headers, method)).status;

  it('stand for their user, one exchange for however many requests', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.get('/any', key())));
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"id":"usr_alice"}']));
    expect(await statusOf('/any', key())).toBe(200);
    expect(exchanges).toEqual([ALICE]);
  });

  it('carry their own scopes, and no CSRF value is asked for', async () => {
    expect(await statusOf('/write', key())).toBe(403);
    expect(await statusOf('/write', key(BOB))).toBe(200);
    expect(await statusOf('/any', key(), 'POST')).toBe(201);
  });

  it('that are not good are refused, and remembered as such for a while', async () => {
    for (const bad of ['ghk_unknown-0000000000000000', '', 'x', 'a b c d e f g h i j k l']) {
      for (let use = 0; use < 3; use += 1) {
        const { status, headers } = await app.get('/any', key(bad));
        expect([status, headers['www-authenticate']]).toEqual([
          401,
          expect.stringContaining('invalid_token'),
        ]);
      }
    }
    expect(exchanges).toEqual(['ghk_unknown-0000000000000000']);
  });

  it('beside a bearer must be of the same user', async () => {
    const alice = bearer(identity.tokenFor({ sub: 'usr_alice' }));
    expect(await statusOf('/any', [...alice, ...key()])).toBe(200);
    expect(await statusOf('/any', [...alice, ...key(BOB)])).toBe(401);
    expect(await statusOf('/any', [...bearer('garbage'), ...key()])).toBe(401);
  });

  it('beside a session cookie, or twice, are ambiguous', async () => {
    const cookie: Headers = [['Cookie', `jwt=${identity.tokenFor({ sub: 'usr_alice' })}`]];
    for (const headers of [
      [...key(), ...cookie],
      [...key(), ...key()],
      [...key(), ...key(BOB)],
    ] as Headers[]) {
      const { status, body } = await app.get('/any', headers);
      expect([status, body['code']]).toEqual([400, 'invalid_request']);
    }
  });

  it('are needed together with the bearer where a route says so', async () => {
    const alice = bearer(identity.tokenFor({ sub: 'usr_alice' }));
    for (const headers of [[], alice, key(), [...alice, ...key(BOB)]] as Headers[]) {
      expect(await statusOf('/both', headers)).toBe(401);
    }
    expect(await app.get('/both', [...alice, ...key()])).toMatchObject({
      status: 200,
      body: { id: 'usr_alice' },
    });
  });

  it('in the query serve there alone, and where that is allowed alone', async () => {
    const token = identity.tokenFor({ sub: 'usr_alice' });
    const query = `?token=${token}&apikey=${ALICE}`;
    expect(await statusOf(`/both${query}`, [])).toBe(401);
    await app.close();
    await start({ queryCredentials: true });
    expect(await statusOf(`/both${query}`, [])).toBe(200);
    expect(await statusOf(`/any${query}`, [])).toBe(401);
    expect(await statusOf(`/both${query}`, bearer(token))).toBe(400);
    expect(await statusOf(`/both${query}`, key())).toBe(400);
    expect(await statusOf(`/both${query}&apikey=${BOB}`, [])).toBe(400);
  });

  it('end with what they were exchanged for, and are asked about once more', async () => {
    expect(await statusOf('/any', key())).toBe(200);
    delete owners[ALICE];
    revocations.add({ kind: 'session', id: 'ses_key_1', expires_at: 4e9 });
    expect(await statusOf('/any', key())).toBe(401);
  });

  it('go on at once when only what they were exchanged for has ended, as when roles change', async () => {
    expect(await statusOf('/any', key())).toBe(200);
    owners[ALICE] = { ...owners[ALICE], sid: 'ses_key_2' };
    revocations.add({ kind: 'session', id: 'ses_key_1', expires_at: 4e9 });
    expect(await statusOf('/any', key())).toBe(200);
    expect(exchanges).toEqual([ALICE, ALICE]);
  });

  it('that are good are never refused for what they were exchanged for: 503 until they are exchanged anew', async () => {
    expect(await statusOf('/any', key())).toBe(200);
    for (const change of [1, 2]) {
      revocations.add({ kind: 'session', id: `ses_key_${change}`, expires_at: 4e9 });
      owners[ALICE] = { ...owners[ALICE], sid: `ses_key_${change + 1}` };
      const { status, headers } = await app.get('/any', key());
      expect([status, headers['retry-after']]).toEqual(change === 1 ? [200, undefined] : [503, '1']);
    }
    await Promise.all(Array.from({ length: 50 }, () => app.get('/any', key())));
    expect(exchanges).toHaveLength(2);
    await expect.poll(() => statusOf('/any', key()), { timeout: 2_000 }).toBe(200);
    expect(exchanges).toHaveLength(3);
  });

  it('are not refused either when what they were exchanged for just now has ended already', async () => {
    revocations.add({ kind: 'session', id: 'ses_key_1', expires_at: 4e9 });
    expect(await statusOf('/any', key())).toBe(503);
    expect(await statusOf('/any', key())).toBe(503);
    expect(exchanges).toHaveLength(2);
    delete owners[ALICE];
    await expect.poll(() => statusOf('/any', key()), { timeout: 2_000 }).toBe(401);
  });

  it('cannot be told while identity is away: 503, and those known go on', async () => {
    expect(await statusOf('/any', key())).toBe(200);
    away = true;
    const { status, headers } = await app.get('/any', key(BOB));
    expect([status, headers['retry-after']]).toEqual([503, '1']);
    expect(await statusOf('/any', key())).toBe(200);
    expect(await statusOf('/any', key('ghk_another-key-000000000000'))).toBe(503);
    expect(exchanges).toEqual([ALICE, BOB]);
  });

  it('are not looked at where a route is open', async () => {
    expect(await statusOf('/open', key('bad'))).toBe(200);
  });
});
