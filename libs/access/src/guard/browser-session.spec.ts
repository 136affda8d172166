import { Controller, Delete, Get, Patch, Post, Put } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestIdentity } from '@gatehouse/testing';
import { CurrentPrincipal } from '../decorators/access.decorators.js';
import type { Principal } from '../principal/principal.js';
import { bearer, type GuardedApp, PLATFORMS, startGuardedApp } from '../testing/guarded.app.js';

@Controller('thing')
class Routes {
  @Get()
  read(@CurrentPrincipal() { id }: Principal) {
    return { id };
  }

  @Post()
  create() {
    return {};
  }

  @Put()
  replace() {
    return {};
  }

  @Patch()
  change() {
    return {};
  }

  @Delete()
  remove() {
    return {};
  }
}

type Headers = [string, string][];
const UNSAFE = ['POST', 'PUT', 'PATCH', 'DELETE'];
const VALUE = 'the-value-of-this-session';

describe.each(PLATFORMS)('A7: a browser session on %s', (_name, adapter) => {
  let identity: TestIdentity;
  let app: GuardedApp;
  let token: string;
  beforeAll(async () => {
    identity = await TestIdentity.start();
    token = identity.tokenFor({ sub: 'usr_browser', csrf_token: VALUE });
    app = await startGuardedApp([Routes], { issuer: identity.issuer, audience: 'gatehouse' }, { adapter });
  });
  afterAll(async () => {
    await app.close();
    await identity.close();
  });
  const cookie = (value = token): Headers => [['Cookie', `other=1; jwt=${value}; XSRF-TOKEN=${VALUE}`]];

  it.each(['GET', 'HEAD'])('is known by its cookie with %s', async (method) => {
    expect((await app.get('/thing', cookie(), method)).status).toBe(200);
  });

  it.each(UNSAFE)('passes %s with its CSRF value in one of the headers', async (method) => {
    for (const name of ['X-CSRF-Token', 'X-XSRF-TOKEN']) {
      const { status } = await app.get('/thing', [...cookie(), [name, VALUE]], method);
      expect(status).toBeLessThan(300);
    }
  });

  it.each(UNSAFE)('is refused %s without it, empty, another’s, or sent twice', async (method) => {
    const values: Headers[] = [
      [],
      [['X-CSRF-Token', '']],
      [['X-CSRF-Token', 'another-session-s-value!!']],
      [['X-CSRF-Token', VALUE.slice(0, -1)]],
      [
        ['X-CSRF-Token', VALUE],
        ['X-CSRF-Token', VALUE],
      ],
      [
        ['X-CSRF-Token', VALUE],
        ['X-XSRF-TOKEN', VALUE],
      ],
    ];
    for (const headers of values) {
      const { status, body } = await app.get('/thing', [...cookie(), ...headers], method);
      expect([status, body['code']]).toEqual([403, 'csrf_failed']);
    }
  });

  it('is refused an unsafe method when its token claims no value', async () => {
    const other = identity.tokenFor();
    for (const value of ['', 'undefined']) {
      const { status } = await app.get('/thing', [...cookie(other), ['X-CSRF-Token', value]], 'POST');
      expect(status).toBe(403);
    }
  });

  it('is not asked for the value with a bearer', async () => {
    expect((await app.get('/thing', [...bearer(token), ...cookie()], 'POST')).status).toBe(201);
  });

  it('takes the value as the form field authenticity_token', async () => {
    const post = (body: URLSearchParams) =>
      fetch(`${app.url}/thing`, { method: 'POST', body, headers: { cookie: `jwt=${token}` } });
    expect((await post(new URLSearchParams({ authenticity_token: VALUE }))).status).toBe(201);
    expect((await post(new URLSearchParams({ authenticity_token: 'x' }))).status).toBe(403);
    expect(
      (
        await post(
          new URLSearchParams([
            ['authenticity_token', VALUE],
            ['authenticity_token', VALUE],
          ]),
        )
      ).status,
    ).toBe(403);
  });

  it('yields to an Authorization header, and a bad one does not fall through to it', async () => {
    const other = identity.tokenFor({ sub: 'usr_bearer' });
    expect((await app.get('/thing', [...bearer(other), ...cookie()])).body).toEqual({ id: 'usr_bearer' });
    expect((await app.get('/thing', [...bearer('garbage'), ...cookie()])).status).toBe(401);
    expect((await app.get('/thing', [['Authorization', 'Basic dTpw'], ...cookie()])).status).toBe(401);
  });

  it('is ambiguous with two session cookies', async () => {
    const twice: Headers = [['Cookie', `jwt=${token}; jwt=${token}`]];
    expect(await app.get('/thing', twice)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('is refused when its token is bad, or revoked', async () => {
    expect((await app.get('/thing', cookie('garbage'))).headers['www-authenticate']).toContain(
      'invalid_token',
    );
    expect((await app.get('/thing', cookie(''))).status).toBe(401);
  });
});

describe('A7: a browser session over https', () => {
  it.each([
    [undefined, '__Host-jwt'],
    ['example.com', '__Secure-jwt'],
  ])('with COOKIE_DOMAIN %s is read from %s alone', async (cookieDomain, name) => {
    const identity = await TestIdentity.start();
    const issuer = 'https://id.example.com';
    const app = await startGuardedApp([Routes], {
      issuer,
      identityUrl: identity.issuer,
      audience: 'gatehouse',
      cookieDomain,
    });
    const token = identity.tokenFor({ iss: issuer });
    const statuses = [];
    for (const sent of ['jwt', '__Host-jwt', '__Secure-jwt']) {
      statuses.push((await app.get('/thing', [['Cookie', `${sent}=${token}`]])).status === 200 && sent);
    }
    await app.close();
    await identity.close();
    expect(statuses.filter(Boolean)).toEqual([name]);
  });
});
