import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AccountAdministration } from '../../accounts/administration/account-administration.service.js';
import { type Role, User } from '../../accounts/user.entity.js';
import { AuditEvent } from '../../audit/audit-event.entity.js';
import { Client } from '../../clients/client.entity.js';
import { Revocation } from '../../revocation/revocation.entity.js';
import { createApiKey, exchangeApiKey } from '../../testing/api.keys.js';
import { ADMIN, basic, claimsOf, userToken } from '../../testing/credentials.js';
import { createGuardedTestApp } from '../../testing/guarded.test-app.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';

const ADMIN_ID = 'usr_demo_admin';
const ACT = { actorId: null };

describe.each(testDatabases())('the exchange of an API key on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
  });
  afterAll(() => app.close());
  afterEach(() => vi.useRealTimers());

  const later = (seconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 });
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
  const errorOf = async (key: string, fields = {}, headers = basic()) => {
    const { status, body } = await exchangeApiKey(app, key, fields, headers);
    return [status, body.error];
  };
  const revokedIds = async () =>
    (await app.get(Database).manager.find(Revocation)).map(({ revokedId }) => revokedId);
  const isActive = async (token: string) => {
    const answer = await app.form('/oauth/introspect', { token }, basic());
    return ((await answer.json()) as { active: boolean }).active;
  };
  const changeUser = (changes: Partial<User>) =>
    app.get(Database).transaction((manager) => manager.update(User, { id: ADMIN_ID }, changes));
  const changeAsAdmin = (changes: { roles?: Role[]; disabled?: boolean }) =>
    app.get(AccountAdministration).change(ADMIN_ID, changes, ACT);

  it('is not needed at identity itself, which knows its keys', async () => {
    const { id, key } = await createApiKey(app, { scopes: ['account'] });
    const me = async () => (await app.fetch('/me', { headers: { ApiKey: key } })).status;
    expect([await me(), await me()]).toEqual([200, 200]);
    const narrow = await createApiKey(app, { scopes: ['articles:read'] });
    expect((await app.fetch('/me', { headers: { ApiKey: narrow.key } })).status).toBe(403);
    const headers = { authorization: `Bearer ${await userToken(app)}` };
    await app.fetch(`/me/api_keys/${id}`, { method: 'DELETE', headers });
    expect(await me()).toBe(401);
  });

  it('gives a user’s token for 15 minutes that says who acts, and in whose place it stands', async () => {
    const { key } = await createApiKey(app, { scopes: ['articles:read'] });
    const { status, body } = await exchangeApiKey(app, key);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 900,
      scope: 'articles:read',
      created_at: expect.any(Number),
    });
    expect(claimsOf(body.access_token)).toEqual({
      iss: app.config.issuer,
      sub: 'usr_demo_reader',
      sid: expect.stringMatching(/^ses_/),
      aud: ['gatehouse'],
      scope: 'articles:read',
      client_id: 'consumer',
      act: { sub: 'consumer' },
      iat: body.created_at,
      exp: body.created_at + 900,
      jti: expect.any(String),
    });
  });

  it('never gives a token that outlives the key', async () => {
    const { key } = await createApiKey(app, { expires_at: inSeconds(60) });
    const { body } = await exchangeApiKey(app, key);
    expect(body.expires_in).toBeGreaterThan(50);
    expect(body.expires_in).toBeLessThanOrEqual(60);
    later(61);
    expect(await errorOf(key)).toEqual([400, 'invalid_request']);
  });

  it('is narrowed by scope and audience, and never widened', async () => {
    const { key } = await createApiKey(app);
    const { body } = await exchangeApiKey(app, key, { scope: 'articles:read', audience: 'articles' });
    expect(claimsOf(body.access_token)).toMatchObject({ scope: 'articles:read', aud: ['articles'] });
    expect(await errorOf(key, { scope: 'account' })).toEqual([400, 'invalid_scope']);
    expect(await errorOf(key, { resource: 'elsewhere' })).toEqual([400, 'invalid_target']);
  });

  it.each([
    ['an unknown key', 'ghk_0000000000000000000000000000000000000000000', {}, 'invalid_request'],
    ['no key', '', {}, 'invalid_request'],
    [
      'another type of token',
      'x',
      { subject_token_type: 'urn:ietf:params:oauth:token-type:jwt' },
      'invalid_request',
    ],
    ['no type', 'x', { subject_token_type: '' }, 'invalid_request'],
    [
      'a token of another type',
      'x',
      { requested_token_type: 'urn:ietf:params:oauth:token-type:jwt' },
      'invalid_request',
    ],
    ['an actor', 'x', { actor_token: 'x' }, 'invalid_request'],
  ])('refuses %s', async (_, key, fields, error) => {
    expect(await errorOf(key, fields)).toEqual([400, error]);
  });

  it('is for clients that follow the feed', async () => {
    const { key } = await createApiKey(app);
    expect(await errorOf(key, {}, {})).toEqual([401, 'invalid_client']);
    const scopes = (scopes: Client['scopes']) =>
      app.get(Database).transaction((manager) => manager.update(Client, { id: 'consumer' }, { scopes }));
    await scopes(['articles:read', 'token:exchange']);
    const refused = await errorOf(key);
    await scopes(['articles:read', 'revocations:read', 'token:exchange']);
    expect(refused).toEqual([400, 'unauthorized_client']);
  });

  it.each([
    ['disabled', { disabledAt: new Date() }, { disabledAt: null }],
    ['unconfirmed', { emailConfirmedAt: null }, { emailConfirmedAt: new Date() }],
    ['to set a new password', { passwordResetRequired: true }, { passwordResetRequired: false }],
  ])('gives nothing while the user is %s', async (_, before, after) => {
    const { key } = await createApiKey(app, {}, await userToken(app, ADMIN));
    await changeUser(before);
    const refused = await errorOf(key);
    await changeUser(after);
    expect(refused).toEqual([400, 'invalid_request']);
    expect((await exchangeApiKey(app, key)).status).toBe(200);
  });

  it('ends with the key: what was given, and what that was exchanged for', async () => {
    const token = await userToken(app);
    const { id, key } = await createApiKey(app, {}, token);
    const { access_token } = (await exchangeApiKey(app, key)).body;
    const exchanged = await app.form(
      '/oauth/token',
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        subject_token: access_token,
        audience: 'articles',
      },
      basic(),
    );
    const onward = ((await exchanged.json()) as { access_token: string }).access_token;
    expect(claimsOf(onward)['act']).toEqual({ sub: 'consumer', act: { sub: 'consumer' } });
    expect([await isActive(access_token), await isActive(onward)]).toEqual([true, true]);
    const headers = { authorization: `Bearer ${token}` };
    await app.fetch(`/me/api_keys/${id}`, { method: 'DELETE', headers });
    expect(await errorOf(key)).toEqual([400, 'invalid_request']);
    expect([await isActive(access_token), await isActive(onward)]).toEqual([false, false]);
    expect(await revokedIds()).toContain(claimsOf(onward)['sid']);
  });

  it('ends with the key at every guard within moments, and here before the answer goes out', async () => {
    const guard = await createGuardedTestApp(app);
    const token = await userToken(app);
    const { id, key } = await createApiKey(app, { scopes: ['account'] }, token);
    const { access_token } = (await exchangeApiKey(app, key)).body;
    await vi.waitUntil(async () => (await guard.statusWith(access_token)) === 200, { timeout: 5_000 });
    const headers = { authorization: `Bearer ${token}` };
    await app.fetch(`/me/api_keys/${id}`, { method: 'DELETE', headers });
    const here = await app.fetch('/me/api_keys', { headers: { authorization: `Bearer ${access_token}` } });
    const refused = async () => (await guard.statusWith(access_token)) === 401;
    await vi.waitUntil(refused, { interval: 5, timeout: 1_000 });
    await guard.close();
    expect(here.status).toBe(401);
  });

  it('ends when the user’s role changes, and says the new one from then on', async () => {
    const { key } = await createApiKey(app, { scopes: ['account', 'admin'] }, await userToken(app, ADMIN));
    const { access_token } = (await exchangeApiKey(app, key)).body;
    expect(claimsOf(access_token)).toMatchObject({ roles: ['admin'], scope: 'account admin' });
    await changeAsAdmin({ roles: [] });
    const { body } = await exchangeApiKey(app, key);
    await changeAsAdmin({ roles: ['admin'] });
    expect(await isActive(access_token)).toBe(false);
    expect(await revokedIds()).toContain(claimsOf(access_token)['sid']);
    expect(body.scope).toBe('account');
    expect(claimsOf(body.access_token)).not.toHaveProperty('roles');
  });

  it('ends for good when the user is disabled', async () => {
    const { key } = await createApiKey(app, {}, await userToken(app, ADMIN));
    const { access_token } = (await exchangeApiKey(app, key)).body;
    await changeAsAdmin({ disabled: true });
    await changeAsAdmin({ disabled: false });
    expect(await errorOf(key)).toEqual([400, 'invalid_request']);
    expect(await isActive(access_token)).toBe(false);
  });

  it('loses against the end of the key, which covers what was given before', async () => {
    const token = await userToken(app);
    const { id, key } = await createApiKey(app, {}, token);
    const uses = Array.from({ length: 20 }, () => exchangeApiKey(app, key));
    const end = app.fetch(`/me/api_keys/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    const answers = await Promise.all([...uses, end.then(() => exchangeApiKey(app, key))]);
    expect(answers.at(-1)!.status).toBe(400);
    const revoked = await revokedIds();
    for (const { body } of answers.filter(({ status }) => status === 200)) {
      expect(revoked).toContain(claimsOf(body.access_token)['sid']);
    }
  });

  it('is told in the audit trail, without the key', async () => {
    const { id, key } = await createApiKey(app);
    await exchangeApiKey(app, key);
    const [event] = await app
      .get(Database)
      .manager.find(AuditEvent, { where: { type: 'token.exchange' }, order: { id: 'DESC' }, take: 1 });
    expect(event).toMatchObject({
      actorId: 'consumer',
      subjectId: 'usr_demo_reader',
      details: { api_key_id: id },
    });
  });
});
