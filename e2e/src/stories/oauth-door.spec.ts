import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { grant, READER, sendForm, signIn, type Tokens } from '../harness/sign-in.js';

const CONSUMER = ['consumer', 'consumer-secret-for-development'] as const;

describe.each(testDatabases())('door 4, OAuth, on $name', (kind) => {
  let gatehouse: Gatehouse;
  const oauth = (path: string, form: Record<string, string>, client?: readonly [string, string]) =>
    sendForm(`${gatehouse.identity}/oauth/${path}`, form, client);
  const call = (path: string, body: object, headers: Record<string, string> = {}) =>
    send(`${gatehouse.identity}/api/v1/${path}`, { method: 'POST', body, headers });

  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
  });
  afterAll(() => gatehouse?.stop());

  it('gives a service a token, and no refresh token', async () => {
    const answer = await grant(gatehouse.identity, { grant_type: 'client_credentials' }, CONSUMER);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ token_type: 'Bearer', created_at: expect.any(Number) });
    expect(answer.json()).not.toHaveProperty('refresh_token');
    expect(answer.headers['cache-control']).toContain('no-store');
    const { access_token: bearer } = answer.json<Tokens>();
    expect((await send(`${gatehouse.articles}/articles`, { bearer })).status).toBe(200);
    const written = await send(`${gatehouse.articles}/articles`, {
      method: 'POST',
      bearer,
      body: { title: 'a', body: '' },
    });
    expect(written.status).toBe(403);
    expect(written.headers['www-authenticate']).toMatch(/error="insufficient_scope", scope="articles:write"/);
    expect((await send(`${gatehouse.identity}/me`, { bearer })).status).toBe(403);
  });

  it.each([
    [
      'a wrong secret',
      { grant_type: 'client_credentials' },
      ['consumer', 'wrong'] as const,
      401,
      'invalid_client',
    ],
    ['no grant', {}, CONSUMER, 400, 'invalid_request'],
    ['an unknown grant', { grant_type: 'magic' }, CONSUMER, 400, 'unsupported_grant_type'],
    [
      'a scope it has not',
      { grant_type: 'client_credentials', scope: 'admin' },
      CONSUMER,
      400,
      'invalid_scope',
    ],
    [
      'a wrong password',
      { grant_type: 'password', username: READER.email, password: 'x' },
      undefined,
      400,
      'invalid_grant',
    ],
    [
      'a made-up refresh token',
      { grant_type: 'refresh_token', refresh_token: 'x' },
      undefined,
      400,
      'invalid_grant',
    ],
  ])('refuses %s in the words of RFC 6749', async (_, form, client, status, error) => {
    const answer = await oauth('token', form, client);
    expect([answer.status, answer.json()]).toEqual([status, expect.objectContaining({ error })]);
  });

  it('introspects for a client, and for nobody else', async () => {
    const { access_token: token } = await signIn(gatehouse.identity, READER);
    const active = await oauth('introspect', { token }, CONSUMER);
    expect(active.json()).toMatchObject({ active: true, sub: expect.any(String), scope: expect.any(String) });
    expect((await oauth('introspect', { token: 'garbage' }, CONSUMER)).json()).toEqual({ active: false });
    expect((await oauth('introspect', { token })).status).toBe(401);
  });

  it('answers 200 to the revocation of a token it does not know', async () => {
    expect((await oauth('revoke', { token: 'unknown' })).status).toBe(200);
  });

  it('exchanges no token for an audience that the client is not allowed', async () => {
    const { access_token: token } = await signIn(gatehouse.identity, READER);
    const answer = await grant(
      gatehouse.identity,
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        audience: 'elsewhere',
      },
      CONSUMER,
    );
    expect([answer.status, answer.json()['error']]).toEqual([400, 'invalid_target']);
  });

  it('serves the app of the same clients in its envelope, in the language it asks for', async () => {
    const login = await call('login', { ...READER, grant_type: 'password' });
    expect([login.status, login.json()]).toEqual([
      200,
      expect.objectContaining({ response_code: 'custom.success.default', access_token: expect.any(String) }),
    ]);
    const body = { grant_type: 'refresh_token', refresh_token: login.json<Tokens>().refresh_token };
    expect((await call('refresh', body)).status).toBe(200);
    const wrong = { ...READER, password: 'wrong', grant_type: 'password' };
    const [english, german] = [
      await call('login', wrong),
      await call('login', wrong, { 'accept-language': 'de' }),
    ];
    expect([german.status, german.json()['response_code']]).toEqual([400, 'devise.failure.invalid']);
    expect(german.json()['response_message']).not.toBe(english.json()['response_message']);
    const out = await call('logout', {});
    expect([out.status, out.json()['response_code']]).toEqual([
      401,
      'doorkeeper.errors.messages.invalid_token',
    ]);
  });
});
