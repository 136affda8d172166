import { Controller, Get, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestIdentity } from '@gatehouse/testing';
import {
  AllowAnonymous,
  CurrentPrincipal,
  Public,
  RequireRole,
  RequireScope,
} from '../decorators/access.decorators.js';
import { bearer, type GuardedApp, PLATFORMS, startGuardedApp } from '../testing/guarded.app.js';
import type { Principal } from '../principal/principal.js';

@Controller()
class Routes {
  @Get('undecorated')
  undecorated(@CurrentPrincipal() principal: Principal) {
    return principal;
  }

  @Public()
  @Get('open')
  open(@CurrentPrincipal() principal?: Principal) {
    return { id: principal?.id ?? 'nobody' };
  }

  @AllowAnonymous()
  @RequireScope('articles:read')
  @Get('optional')
  optional(@CurrentPrincipal() principal?: Principal) {
    return { id: principal?.id ?? 'nobody' };
  }

  @RequireScope('articles:write', 'account')
  @Post('scoped')
  scoped() {
    return {};
  }

  @RequireRole('admin', 'editor')
  @Get('roles')
  roles() {
    return {};
  }
}

describe.each(PLATFORMS)('the guard on %s', (_name, adapter) => {
  let identity: TestIdentity;
  let app: GuardedApp;
  const CHALLENGE = () =>
    `Bearer realm="gatehouse", resource_metadata="${app.url}/.well-known/oauth-protected-resource"`;

  beforeAll(async () => {
    identity = await TestIdentity.start();
    app = await startGuardedApp([Routes], { issuer: identity.issuer, audience: 'gatehouse' }, { adapter });
  });
  afterAll(async () => {
    await app.close();
    await identity.close();
  });

  it('T10: refuses a request without a credential, naming no error', async () => {
    const answer = await app.get('/undecorated');
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe(CHALLENGE());
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toEqual({
      type: 'about:blank',
      title: 'Authentication required',
      status: 401,
      detail: 'This needs an access token.',
      code: 'unauthenticated',
      request_id: answer.headers['x-request-id'],
    });
  });

  it('T10: refuses every bad token with one and the same answer', async () => {
    const bad = [
      '',
      'garbage',
      identity.tokenFor({ exp: 1 }),
      identity.tokenFor({ aud: ['other'] }),
      identity.tokenFor({ iss: 'https://evil.example' }),
      identity.tokenFor({}, { header: { typ: 'JWT' } }),
      `${identity.tokenFor()}x`,
      'x'.repeat(9_000),
    ];
    for (const token of bad) {
      const answer = await app.get('/undecorated', [...bearer(token), ['X-Request-Id', 'mine']]);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe(
        `${CHALLENGE()}, error="invalid_token", error_description="The access token is not valid"`,
      );
      expect(answer.body).toEqual({
        type: 'about:blank',
        title: 'Invalid token',
        status: 401,
        detail: 'The access token is not valid.',
        code: 'invalid_token',
        request_id: 'mine',
      });
    }
  });

  it('T10: names the scopes that were missing', async () => {
    const token = identity.tokenFor({ scope: 'articles:write' });
    const answer = await app.get('/scoped', bearer(token), 'POST');
    expect(answer.status).toBe(403);
    expect(answer.body['code']).toBe('insufficient_scope');
    expect(answer.headers['www-authenticate']).toContain(
      `${CHALLENGE()}, error="insufficient_scope", scope="articles:write account", error_description="`,
    );
    const enough = identity.tokenFor({ scope: 'account articles:read articles:write' });
    expect((await app.get('/scoped', bearer(enough), 'POST')).status).toBe(201);
  });

  it('refuses a scope that is only contained in another word', async () => {
    const token = identity.tokenFor({ scope: 'articles:writer xaccount account' });
    expect((await app.get('/scoped', bearer(token), 'POST')).status).toBe(403);
  });

  it('lets pass whom the token names, and tells who it is', async () => {
    const token = identity.tokenFor({
      sub: 'usr_7',
      roles: ['admin'],
      sid: 'ses_7',
      jti: 'tok_7',
      exp: 4_102_444_800,
    });
    for (let use = 0; use < 4; use += 1) {
      const answer = await app.get('/undecorated', bearer(token));
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
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
    }
  });

  it('tells a service from a user', async () => {
    const { body } = await app.get(
      '/undecorated',
      bearer(identity.tokenFor({ kind: 'service', sub: 'consumer' })),
    );
    expect(body).toMatchObject({ kind: 'service', id: 'consumer', clientId: 'consumer', roles: [] });
    expect(body).not.toHaveProperty('sessionId');
  });

  it('knows the scheme in any case', async () => {
    for (const scheme of ['bearer', 'BEARER', 'Bearer ']) {
      const answer = await app.get('/undecorated', [['authorization', `${scheme} ${identity.tokenFor()}`]]);
      expect(answer.status).toBe(200);
    }
  });

  it('sees no credential in another scheme', async () => {
    for (const value of ['Basic dTpw', 'ApiKey x', 'BearerX y']) {
      const answer = await app.get('/undecorated', [['Authorization', value]]);
      expect(answer.body['code']).toBe('unauthenticated');
      expect(answer.headers['www-authenticate']).toBe(CHALLENGE());
    }
  });

  it.each<[string, (token: string) => { path: string; headers: [string, string][] }]>([
    ['two Authorization headers', (t) => ({ path: '', headers: [...bearer(t), ...bearer(t)] })],
    [
      'two headers of different schemes',
      (t) => ({ path: '', headers: [...bearer(t), ['Authorization', 'Basic dTpw']] }),
    ],
    ['two that were joined', (t) => ({ path: '', headers: bearer(`${t}, Bearer ${t}`) })],
    ['one in the query beside it', (t) => ({ path: `?access_token=${t}`, headers: bearer(t) })],
    [
      'one in the query under a disguised name',
      (t) => ({ path: `?a=1&access%5Ftoken=x`, headers: bearer(t) }),
    ],
  ])('refuses %s as ambiguous', async (_what, make) => {
    const token = identity.tokenFor();
    await app.get('/undecorated', bearer(token));
    await app.get('/undecorated', bearer(token));
    const { path, headers } = make(token);
    const answer = await app.get(`/undecorated${path}`, headers);
    expect(answer.status).toBe(400);
    expect(answer.body['code']).toBe('invalid_request');
    expect(answer.headers['www-authenticate']).toContain('error="invalid_request"');
  });

  it('sees no credential in the query', async () => {
    const answer = await app.get(`/undecorated?access_token=${identity.tokenFor()}`);
    expect(answer.body['code']).toBe('unauthenticated');
  });

  it('treats HEAD as GET', async () => {
    const good = await app.get('/undecorated', bearer(identity.tokenFor()), 'HEAD');
    const bad = await app.get('/undecorated', [], 'HEAD');
    expect([good.status, good.text]).toEqual([200, '']);
    expect([bad.status, bad.text, bad.headers['www-authenticate']]).toEqual([401, '', CHALLENGE()]);
  });

  it('looks at no credential where the route is public', async () => {
    expect((await app.get('/open', bearer('garbage'))).body).toEqual({ id: 'nobody' });
    expect((await app.get('/open', bearer(identity.tokenFor()))).body).toEqual({ id: 'nobody' });
  });

  it('lets nobody pass as nobody where that is allowed, but no bad credential', async () => {
    expect((await app.get('/optional')).body).toEqual({ id: 'nobody' });
    expect((await app.get('/optional', bearer(identity.tokenFor({ sub: 'usr_7' })))).body).toEqual({
      id: 'usr_7',
    });
    expect((await app.get('/optional', bearer('garbage'))).status).toBe(401);
    expect((await app.get('/optional', [['Authorization', 'Basic dTpw']])).status).toBe(401);
    expect((await app.get('/optional', bearer(identity.tokenFor({ scope: 'account' })))).status).toBe(403);
  });

  it('asks for one of the roles', async () => {
    const statusWith = async (roles?: string[]) =>
      (await app.get('/roles', bearer(identity.tokenFor({ roles })))).status;
    expect(await statusWith(['editor'])).toBe(200);
    expect(await statusWith(['reader', 'admin'])).toBe(200);
    expect(await statusWith(['reader'])).toBe(403);
    expect(await statusWith([])).toBe(403);
    expect(await statusWith()).toBe(403);
  });

  it('names the missing role to nobody', async () => {
    const answer = await app.get('/roles', bearer(identity.tokenFor()));
    expect(answer.body).toMatchObject({ code: 'forbidden', detail: 'You may not do this.' });
    expect(answer.headers['www-authenticate']).toBeUndefined();
  });

  it('repeats a usable request id and replaces another', async () => {
    const idFor = async (sent: string) =>
      (await app.get('/undecorated', [['X-Request-Id', sent]])).body['request_id'];
    expect(await idFor('a.B_c-9')).toBe('a.B_c-9');
    for (const unusable of ['', 'a b', 'x'.repeat(129), 'é'])
      expect(await idFor(unusable)).toMatch(/^[\da-f-]{36}$/);
  });
});
