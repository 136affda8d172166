import { USER_SCOPES } from '@gatehouse/contracts';
import { RemoteKeySource, TokenVerifier } from '@gatehouse/tokens';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEvent } from '../../audit/audit-event.entity.js';
import { User } from '../../accounts/user.entity.js';
import { claimsOf, headerOf, READER, userToken, ADMIN } from '../../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';

describe.each(testDatabases())('POST /user_token on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
  });
  afterAll(() => app.close());

  it('answers 201 with a token that a guard accepts', async () => {
    const answer = await app.post('/user_token', { auth: READER });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('pragma')).toBe('no-cache');
    const { jwt, ...rest } = (await answer.json()) as { jwt: string };
    expect(rest).toEqual({});
    const keys = new RemoteKeySource({ url: `${app.url}/.well-known/jwks.json` });
    const verifier = new TokenVerifier({ issuer: app.config.issuer, audience: 'gatehouse', keys });
    await expect(verifier.verify(jwt)).resolves.toMatchObject({ sub: 'usr_demo_reader' });
  });

  it('signs tokens as wire.md defines them', async () => {
    const token = await userToken(app);
    expect(headerOf(token)).toEqual({
      alg: 'ES256',
      typ: 'at+jwt',
      kid: expect.stringMatching(/^[\w-]{43}$/),
    });
    const { iat, exp, ...claims } = claimsOf(token) as { iat: number; exp: number };
    expect(claims).toEqual({
      iss: 'http://localhost:3000',
      sub: 'usr_demo_reader',
      aud: ['gatehouse'],
      jti: expect.any(String),
      client_id: 'gatehouse:knock',
      scope: USER_SCOPES.join(' '),
      sid: expect.stringMatching(/^ses_/),
    });
    expect(exp - iat).toBeGreaterThan(86_398);
    expect(exp - iat).toBeLessThanOrEqual(86_400);
  });

  it('gives an admin the role and the scope', async () => {
    const claims = claimsOf(await userToken(app, ADMIN));
    expect(claims).toMatchObject({ roles: ['admin'], scope: [...USER_SCOPES, 'admin'].join(' ') });
  });

  it('takes the address without case', async () => {
    const token = await userToken(app, { ...READER, email: 'Reader@Example.COM' });
    expect(claimsOf(token)['sub']).toBe('usr_demo_reader');
  });

  it('refuses a wrong password and an unknown address alike', async () => {
    const wrong = await app.post('/user_token', { auth: { ...READER, password: 'wrong' } });
    const unknown = await app.post('/user_token', { auth: { ...READER, email: 'nobody@example.com' } });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const { request_id: _, ...problem } = (await wrong.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ code: 'invalid_credentials', status: 401 });
    expect(await unknown.json()).toMatchObject(problem);
  });

  it('tells what is missing', async () => {
    const answer = await app.post('/user_token', { auth: { email: 'reader@example.com' } });
    expect(answer.status).toBe(400);
    const problem = (await answer.json()) as { code: string; errors: object };
    expect(problem.code).toBe('validation_failed');
    expect(Object.keys(problem.errors)).toEqual(['auth.password']);
  });

  it('tells that an account is disabled after the right password alone', async () => {
    const disable = (disabledAt: Date | null) =>
      app
        .get(Database)
        .transaction((manager) => manager.update(User, { email: READER.email }, { disabledAt }));
    await disable(new Date());
    const right = await app.post('/user_token', { auth: READER });
    const wrong = await app.post('/user_token', { auth: { ...READER, password: 'wrong' } });
    await disable(null);
    expect([right.status, wrong.status]).toEqual([403, 401]);
    expect(await right.json()).toMatchObject({ code: 'account_disabled' });
  });

  it('leaves an audit event for success and failure, without password or address', async () => {
    await userToken(app);
    await app.post('/user_token', { auth: { ...READER, password: 'a wrong secret' } });
    const events = await app.get(Database).manager.find(AuditEvent, { order: { id: 'DESC' }, take: 2 });
    expect(events.map(({ type, outcome }) => [type, outcome])).toContainEqual(['user.sign_in', 'success']);
    expect(events.map(({ type, outcome }) => [type, outcome])).toContainEqual(['user.sign_in', 'failure']);
    expect(JSON.stringify(events)).not.toMatch(/a wrong secret|reader@example/);
  });
});

describe('POST /user_token, closed', () => {
  it('does not exist', async () => {
    const app = await createIdentityTestApp({ environment: { LEGACY_DOORS: 'browser' } });
    const answer = await app.post('/user_token', { auth: READER });
    await app.close();
    expect(answer.status).toBe(404);
  });
});
