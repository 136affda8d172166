import { Controller, Get, Post } from '@nestjs/common';
import { json, TestIdentity, TestServer } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AllowAnonymous,
  CurrentPrincipal,
  Public,
  RequireApiKey,
  RequireRole,
  RequireScope,
} from '../decorators/access.decorators.js';
import type { Principal } from '../principal/principal.js';
import { bearer, type GuardedApp, PLATFORMS, startGuardedApp } from '../testing/guarded.app.js';
import { RemoteIdentityModule } from './remote-identity.module.js';

@Controller()
class Routes {
  @Get('me')
  me(@CurrentPrincipal() principal: Principal) {
    return principal;
  }

  @Post('me')
  change() {
    return {};
  }

  @RequireScope('articles:write')
  @Get('write')
  write() {
    return {};
  }

  @RequireRole('admin')
  @Get('rule')
  rule() {
    return {};
  }

  @RequireApiKey()
  @Get('keyed')
  keyed() {
    return {};
  }

  @Public()
  @Get('open')
  open() {
    return {};
  }

  @AllowAnonymous()
  @Get('optional')
  optional(@CurrentPrincipal() principal?: Principal) {
    return { id: principal?.id ?? 'nobody' };
  }
}

type Headers = [string, string][];

describe.each(PLATFORMS)('a service on %s that asks identity about every request', (_name, adapter) => {
  /** Signs; the server that stands for identity tells who is who. */
  let issuer: TestIdentity;
  let identity: TestServer;
  let app: GuardedApp;
  let now: number;

  const user = (members: object = {}) =>
    json({ message: 'Success', data: { id: 'usr_7', roles: ['admin'], ...members }, result_code: 'success' });
  const nobody = json({ message: 'Not authenticated', data: null, result_code: 'unauthenticated' }, 401);
  const tokenFor = (claims: object = {}): string => issuer.tokenFor({ sub: 'usr_7', ...claims });
  const statusOf = async (path: string, headers: Headers = [], method?: string) =>
    (await app.get(path, headers, method)).status;

  beforeEach(async () => {
    now = Date.now();
    issuer = await TestIdentity.start();
    identity = await TestServer.start(user());
    const options = {
      issuer: issuer.issuer,
      identityUrl: identity.url,
      audience: 'gatehouse',
      timeout: 200,
      clock: () => now,
    };
    app = await startGuardedApp([Routes], RemoteIdentityModule.forRoot(options), { adapter });
  });
  afterEach(async () => {
    await app.close();
    await Promise.all([issuer.close(), identity.close()]);
  });

  it('knows whom identity names, with the roles of this moment', async () => {
    const token = tokenFor({ sid: 'ses_7', jti: 'tok_7', roles: ['editor'], exp: 4_102_444_800 });
    expect((await app.get('/me', bearer(token))).body).toEqual({
      kind: 'user',
      id: 'usr_7',
      clientId: 'gatehouse:test',
      scopes: ['articles:read', 'articles:write', 'account'],
      roles: ['admin'],
      sessionId: 'ses_7',
      tokenId: 'tok_7',
      audience: ['gatehouse'],
      expiresAt: 4_102_444_800,
      token,
    });
    expect([await statusOf('/write', bearer(token)), await statusOf('/rule', bearer(token))]).toEqual([
      200, 200,
    ]);
  });

  it('asks with the bearer, or the session cookie, and the request’s own id', async () => {
    const token = tokenFor();
    await app.get('/me', [...bearer(token), ['X-Request-Id', 'mine'], ['Cookie', 'jwt=other']]);
    await app.get('/me', [['Cookie', `a=1; jwt=${token}`]]);
    expect(identity.requests.map(({ method, url, headers }) => ({ method, url, headers }))).toMatchObject([
      {
        method: 'GET',
        url: '/current_user',
        headers: { authorization: `Bearer ${token}`, 'x-request-id': 'mine' },
      },
      { method: 'GET', url: '/current_user', headers: { cookie: `jwt=${token}` } },
    ]);
    expect(identity.requests[0]!.headers).not.toHaveProperty('cookie');
    expect(identity.requests[1]!.headers).not.toHaveProperty('authorization');
  });

  it('asks once for however many, and again after a second', async () => {
    const token = tokenFor();
    await Promise.all(Array.from({ length: 20 }, () => statusOf('/me', bearer(token))));
    now += 999;
    expect(await statusOf('/me', bearer(token))).toBe(200);
    expect(identity.requests).toHaveLength(1);
    now += 1;
    identity.answer = nobody;
    for (let use = 0; use < 3; use += 1) expect(await statusOf('/me', bearer(token))).toBe(401);
    expect(identity.requests).toHaveLength(2);
  });

  it('refuses as the other guard does', async () => {
    const none = await app.get('/me');
    expect([none.status, none.body['code']]).toEqual([401, 'unauthenticated']);
    expect(none.headers['www-authenticate']).toMatch(/^Bearer realm="gatehouse", resource_metadata="[^"]+"$/);
    identity.answer = nobody;
    const bad = await app.get('/me', bearer('garbage'));
    expect([bad.status, bad.headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('invalid_token'),
    ]);
    identity.answer = user({ roles: [] });
    const lacking = await app.get('/write', bearer(tokenFor({ scope: 'articles:read' })));
    expect([lacking.status, lacking.body['code']]).toEqual([403, 'insufficient_scope']);
    expect(await statusOf('/rule', bearer(tokenFor({ roles: ['admin'] })))).toBe(403);
    expect(await statusOf('/me?access_token=x', bearer(tokenFor()))).toBe(400);
  });

  it.each([
    ['another user than identity named', { sub: 'usr_8' }],
    ['another audience', { aud: ['billing'] }],
    ['another issuer', { iss: 'https://other.example' }],
  ])('refuses a token for %s', async (_what, claims) => {
    expect(await statusOf('/me', bearer(tokenFor(claims)))).toBe(401);
  });

  it.each([
    ['garbage'],
    ['a.b.c'],
    [`a.${btoa('{"sub":"usr_7"}')}.c`],
    [`a.${btoa('null')}.c`],
    [''],
    ['x'.repeat(9_000)],
  ])('refuses what says nothing, also when identity accepts it: %.20s', async (token) => {
    expect(await statusOf('/me', bearer(token))).toBe(401);
  });

  it('refuses API keys and what identity names nobody for', async () => {
    for (const path of ['/me', '/keyed']) {
      expect(await statusOf(path, [['ApiKey', 'ghk_0123456789abcdef'], ...bearer(tokenFor())])).toBe(401);
    }
    identity.answer = json({ message: 'no', data: null, result_code: 'forbidden' }, 403);
    expect(await statusOf('/me', bearer(issuer.tokenFor({ kind: 'service' })))).toBe(403);
  });

  it('asks for the CSRF value where the cookie carries an unsafe method', async () => {
    const cookie: Headers = [['Cookie', `jwt=${tokenFor({ csrf_token: 'the-value' })}`]];
    expect(await statusOf('/me', cookie, 'POST')).toBe(403);
    expect(await statusOf('/me', [...cookie, ['X-CSRF-Token', 'the-value']], 'POST')).toBe(201);
    expect(await statusOf('/me', bearer(tokenFor()), 'POST')).toBe(201);
  });

  it('lets everybody pass where that is allowed', async () => {
    identity.answer = nobody;
    expect(await statusOf('/open', bearer('garbage'))).toBe(200);
    expect((await app.get('/optional')).body).toEqual({ id: 'nobody' });
    expect(await statusOf('/optional', bearer('garbage'))).toBe(401);
    expect(await statusOf('/optional', [['Authorization', 'Basic dTpw']])).toBe(401);
  });

  it.each<[string, TestServer['answer']]>([
    ['fails', json({}, 500)],
    ['is overrun', json({}, 429)],
    ['answers nonsense', json({ hello: 'world' })],
    ['answers no JSON', (_, response) => response.end('<html>')],
    ['sends it elsewhere', json({}, 307, { Location: 'http://127.0.0.1:1/' })],
    ['hangs', () => undefined],
    ['breaks off', (_, response) => response.destroy()],
  ])('answers 503 while identity %s, and asks again for the next', async (_what, answer) => {
    const token = tokenFor();
    identity.answer = answer;
    const { status, headers, body } = await app.get('/me', bearer(token));
    expect([status, headers['retry-after'], body['code']]).toEqual([503, '1', 'unavailable']);
    identity.answer = user();
    expect(await statusOf('/me', bearer(token))).toBe(200);
  });

  it('does not pass a flood of credentials on', async () => {
    let [open, most] = [0, 0];
    identity.answer = (_, response) => {
      most = Math.max(most, (open += 1));
      response.once('close', () => (open -= 1));
    };
    const statuses = await Promise.all(
      Array.from({ length: 150 }, (_, i) => statusOf('/me', bearer(`a.b.${i}`))),
    );
    expect(new Set(statuses)).toEqual(new Set([503]));
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThanOrEqual(100);
  });
});
