import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { basic, claimsOf, CONSUMER, headerOf, userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { openRenewableSession, refresh } from '../testing/renewable.session.js';

const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
};

describe.each(testDatabases())('/oauth on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
  });
  afterAll(() => app.close());
  afterEach(() => vi.useRealTimers());

  const introspect = async (token: string) => {
    const answer = await app.form('/oauth/introspect', { token }, basic());
    expect(answer.status).toBe(200);
    return (await answer.json()) as Record<string, unknown>;
  };
  const revoke = (token: string, fields: Record<string, string> = {}) =>
    app.form('/oauth/revoke', { token, ...fields });
  const exchange = async (subject: string, fields: Record<string, string> = {}) => {
    const answer = await app.form(
      '/oauth/token',
      { ...EXCHANGE, subject_token: subject, ...fields },
      basic(),
    );
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  const serviceToken = async () => {
    const answer = await app.form('/oauth/token', { grant_type: 'client_credentials' }, basic());
    return ((await answer.json()) as { access_token: string }).access_token;
  };

  describe('introspect', () => {
    it('tells the claims of a good access token', async () => {
      const token = await userToken(app);
      expect(await introspect(token)).toEqual({ active: true, token_type: 'Bearer', ...claimsOf(token) });
    });

    it('tells of a refresh token whose session it renews', async () => {
      const { refreshToken, id, userId } = await openRenewableSession(app);
      expect(await introspect(refreshToken)).toMatchObject({ active: true, sub: userId, sid: id });
      await refresh(app, refreshToken);
      expect(await introspect(refreshToken)).toEqual({ active: false });
    });

    it('answers exactly {"active":false} for anything bad', async () => {
      const token = await userToken(app);
      const tampered = token.replace(/.{4}$/, 'AAAA');
      for (const bad of ['x', 'a.b.c', '..', tampered, `${token}.x`, 'x'.repeat(9_000)]) {
        expect(await introspect(bad)).toEqual({ active: false });
      }
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_401_000 });
      expect(await introspect(token)).toEqual({ active: false });
    });

    it('needs a client', async () => {
      const answer = await app.form('/oauth/introspect', { token: await userToken(app) });
      expect([answer.status, await answer.json()]).toMatchObject([401, { error: 'invalid_client' }]);
    });
  });

  describe('revoke', () => {
    it('ends an access token and what it was exchanged for, not the session', async () => {
      const { accessToken, refreshToken } = await openRenewableSession(app);
      const exchanged = (await exchange(accessToken)).body['access_token']!;
      expect((await revoke(accessToken)).status).toBe(200);
      expect(await introspect(accessToken)).toEqual({ active: false });
      expect(await introspect(exchanged)).toEqual({ active: false });
      expect((await exchange(accessToken)).body['error']).toBe('invalid_request');
      const headers = { authorization: `Bearer ${accessToken}` };
      expect((await app.fetch('/me/sessions', { headers })).status).toBe(401);
      expect((await refresh(app, refreshToken)).status).toBe(200);
    });

    it('ends the session of a refresh token, spent or not', async () => {
      const { refreshToken, accessToken } = await openRenewableSession(app);
      const { body } = await refresh(app, refreshToken);
      expect((await revoke(refreshToken)).status).toBe(200);
      expect((await refresh(app, body['refresh_token']!)).body['error']).toBe('invalid_grant');
      expect(await introspect(accessToken)).toEqual({ active: false });
    });

    it('answers 200 for what it does not know', async () => {
      const answers = await Promise.all(['x', 'a.b.c', 'x'.repeat(43)].map((token) => revoke(token)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    });

    it('answers in JSON, as Doorkeeper did: some clients read nothing else', async () => {
      const { refreshToken } = await openRenewableSession(app);
      for (const token of [refreshToken, 'x']) {
        const answer = await revoke(token);
        expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
        expect(await answer.json()).toEqual({});
      }
    });

    it('leaves a client’s token to that client', async () => {
      const token = await serviceToken();
      expect((await revoke(token)).status).toBe(401);
      expect((await revoke(token, CONSUMER)).status).toBe(200);
    });

    it('wants a token', async () => {
      const answer = await app.form('/oauth/revoke', {});
      expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_request' }]);
    });
  });

  describe('token exchange', () => {
    it('keeps subject and session, names the actor, gives no refresh token', async () => {
      const { accessToken, userId, id } = await openRenewableSession(app);
      const { status, body } = await exchange(accessToken, { audience: 'articles' });
      expect(status).toBe(200);
      expect(body).toMatchObject({ issued_token_type: EXCHANGE.subject_token_type, token_type: 'Bearer' });
      expect(body).not.toHaveProperty('refresh_token');
      const claims = claimsOf(body['access_token']!);
      expect(claims).toMatchObject({ sub: userId, sid: id, aud: ['articles'], client_id: 'consumer' });
      expect(claims['act']).toEqual({ sub: 'consumer' });
    });

    it('gives nothing wider or longer-lived', async () => {
      const token = await userToken(app);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 - 60_000 });
      const { body } = await exchange(token, { scope: 'articles:read' });
      expect(claimsOf(body['access_token']!)).toMatchObject({
        scope: 'articles:read',
        exp: claimsOf(token)['exp'],
      });
      expect((await exchange(token, { scope: 'admin' })).body['error']).toBe('invalid_scope');
    });

    it('ends with what it came from, and not the other way round', async () => {
      const token = await userToken(app);
      const once = (await exchange(token)).body['access_token']!;
      const twice = (await exchange(once)).body['access_token']!;
      expect(new Set([token, once, twice].map((one) => claimsOf(one)['jti'])).size).toBe(3);
      expect(headerOf(once)['kid']).toBe(headerOf(token)['kid']);
      const active = async () =>
        (await Promise.all([token, once, twice].map(introspect))).map((answer) => answer['active']);
      expect((await revoke(twice, CONSUMER)).status).toBe(200);
      expect(await active()).toEqual([true, true, false]);
      await revoke(token);
      expect(await active()).toEqual([false, false, false]);
    });

    it('may be repeated eight times, and what that gives can still be revoked', async () => {
      let token = await userToken(app);
      for (let times = 0; times < 8; times += 1) token = (await exchange(token)).body['access_token']!;
      expect(await exchange(token)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
      expect((await revoke(token, CONSUMER)).status).toBe(200);
      expect(await introspect(token)).toEqual({ active: false });
    });

    it('remembers whom the actor acts for in turn', async () => {
      const once = await exchange(await userToken(app));
      const twice = await exchange(once.body['access_token']!);
      expect(claimsOf(twice.body['access_token']!)['act']).toEqual({
        sub: 'consumer',
        act: { sub: 'consumer' },
      });
    });

    it.each([
      ['an audience that is not on the list', { audience: 'elsewhere' }, 'invalid_target'],
      ['another kind of subject token', { subject_token_type: 'urn:x' }, 'invalid_request'],
      ['an actor token', { actor_token: 'x' }, 'invalid_request'],
      ['the type of an actor token that is not there', { actor_token_type: 'x' }, 'invalid_request'],
      ['a subject token that is not good', { subject_token: 'a.b.c' }, 'invalid_request'],
    ])('refuses %s', async (_, fields: Record<string, string>, error) => {
      const { status, body } = await exchange(await userToken(app), fields);
      expect([status, body['error']]).toEqual([400, error]);
    });

    it('needs a client', async () => {
      const answer = await app.form('/oauth/token', { ...EXCHANGE, subject_token: await userToken(app) });
      expect([answer.status, await answer.json()]).toMatchObject([401, { error: 'invalid_client' }]);
    });
  });
});
