import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { type Outgoing, send } from '../harness/http.js';
import { READER } from '../harness/sign-in.js';
import { JSON_TYPE, NO_STORE, PLAIN_JSON_TYPE, type Told, told } from './told.js';

const SUCCESS = { response_code: 'custom.success.default', response_message: 'Done.' };
const TOKEN = {
  access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  refresh_token: expect.stringMatching(/^[\w-]{43}$/),
  token_type: 'Bearer',
  expires_in: 900,
  // A further service adds scopes of its own at the end.
  scope: expect.stringMatching(/^articles:read articles:write account( |$)/),
  created_at: expect.any(Number),
};
const SENTENCES = {
  invalid_request: 'The request is incomplete or cannot be read.',
  unsupported_grant_type: 'This way to sign in is not offered here.',
  invalid_grant: 'This sign-in is no longer valid. Sign in again.',
  invalid_scope: 'The app asks for more than it may have.',
  invalid_client: 'The app could not prove who it is.',
  invalid_token: 'You are not signed in, or no longer.',
};
type Tokens = Record<'access_token' | 'refresh_token', string>;

describe.each(testDatabases())('an app of Doorkeeper’s clients, on $name', (kind) => {
  let gatehouse: Gatehouse;
  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
  });
  afterAll(() => gatehouse?.stop());

  const call = async (path: string, options: Outgoing) =>
    told(await send(`${gatehouse.identity}/api/v1/${path}`, { method: 'POST', ...options }));
  const login = (members: object = {}, headers: Record<string, string> = {}) =>
    call('login', { body: { ...READER, grant_type: 'password', ...members }, headers });
  const refresh = (refresh_token: string, members: object = {}) =>
    call('refresh', { body: { grant_type: 'refresh_token', refresh_token, ...members } });
  const articles = async (bearer: string) =>
    (await send(`${gatehouse.articles}/articles`, { bearer })).status;
  const challenge = (error = '') =>
    `Bearer realm="gatehouse", resource_metadata="${gatehouse.identity.replace('127.0.0.1', 'localhost')}/.well-known/oauth-protected-resource"${error}`;

  it('logs in, refreshes, logs out: then nothing of the session works anywhere', async () => {
    const ok = { status: 200, headers: { ...JSON_TYPE, ...NO_STORE } };
    const first = await login({ device_token: 'push-1' });
    expect(first).toEqual({ ...ok, body: { ...TOKEN, ...SUCCESS } });
    const second = await refresh((first.body as Tokens).refresh_token);
    expect(second).toEqual({ ...ok, body: { ...TOKEN, ...SUCCESS } });
    const { access_token: bearer, refresh_token } = second.body as Tokens;
    expect(refresh_token).not.toBe((first.body as Tokens).refresh_token);
    expect(await articles(bearer)).toBe(200);

    expect(await call('logout', { bearer })).toEqual({ ...ok, body: SUCCESS });
    for (const token of [bearer, (first.body as Tokens).access_token])
      await expect.poll(() => articles(token), { timeout: 1_000, interval: 20 }).toBe(401);
    expect(await refresh(refresh_token)).toEqual(refusal(400, 'invalid_grant'));
    const bad = ', error="invalid_token", error_description="The access token is not valid"';
    const again = refusal(401, 'invalid_token', { 'www-authenticate': challenge(bad) });
    expect(await call('logout', { bearer })).toEqual(again);
  });

  it('logs out nobody without a bearer', async () => {
    const refused = refusal(401, 'invalid_token', { 'www-authenticate': challenge() });
    expect(await call('logout', {})).toEqual(refused);
  });

  it('gets the state it sent with a refusal, from JSON, form and query', async () => {
    const { body } = refusal(400, 'invalid_grant');
    const withState = { ...(body as object), state: 's 1' };
    expect((await refresh('x', { state: 's 1' })).body).toEqual(withState);
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const inForm = { headers, body: `${form.toString()}&state=s+1` };
    expect((await call('refresh', inForm)).body).toEqual(withState);
    expect((await call('refresh?state=s%201', { headers, body: form.toString() })).body).toEqual(withState);
    expect((await refresh('x', { state: { not: 'a text' } })).body).toEqual(body);
  });

  it.each([
    ['en-GB', 'The email address or the password is wrong.', 'Done.'],
    ['de', 'Die E-Mail-Adresse oder das Passwort ist falsch.', 'Erledigt.'],
    ['fr-CA, en;q=0.1', 'L’adresse e-mail ou le mot de passe est incorrect.', 'C’est fait.'],
    ['es', 'El correo electrónico o la contraseña no son correctos.', 'Hecho.'],
    ['ja', 'メールアドレスまたはパスワードが正しくありません。', '完了しました。'],
    ['tlh, *', 'The email address or the password is wrong.', 'Done.'],
  ])('is spoken to in %s', async (language, failure, success) => {
    const headers = { 'accept-language': language };
    const wrong = await login({ password: 'wrong' }, headers);
    expect(wrong).toEqual({
      status: 400,
      headers: { ...PLAIN_JSON_TYPE, ...NO_STORE },
      body: { response_code: 'devise.failure.invalid', response_message: failure },
    });
    expect((await login({}, headers)).body).toMatchObject({ response_message: success });
  });

  it.each([
    ['no grant type', 'login', { ...READER }, 400, 'invalid_request'],
    ['another grant type', 'login', { ...READER, grant_type: 'x' }, 400, 'unsupported_grant_type'],
    ['no password', 'login', { email: READER.email, grant_type: 'password' }, 400, 'invalid_request'],
    [
      'too wide a scope',
      'login',
      { ...READER, grant_type: 'password', scope: 'admin' },
      400,
      'invalid_scope',
    ],
    ['a refresh at login', 'login', { grant_type: 'refresh_token' }, 400, 'unsupported_grant_type'],
    ['a login at refresh', 'refresh', { ...READER, grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no refresh token', 'refresh', { grant_type: 'refresh_token' }, 400, 'invalid_request'],
    [
      'a made-up refresh token',
      'refresh',
      { grant_type: 'refresh_token', refresh_token: 'x' },
      400,
      'invalid_grant',
    ],
  ] as const)('is refused with %s', async (_, path, body, status, error) => {
    expect(await call(path, { body })).toEqual(refusal(status, error));
  });

  it.each([
    ['broken JSON', 'login', { headers: { 'content-type': 'application/json' }, body: '{' }, 400, {}],
    ['over 100 kB', 'login', { body: { email: 'x'.repeat(102_400) } }, 413, {}],
    ['another media type', 'login', { headers: { 'content-type': 'text/plain' }, body: 'x' }, 415, {}],
    ['another method', 'login', { method: 'GET' }, 405, { allow: 'POST' }],
    ['another address', 'nothing', {}, 404, {}],
  ])('is refused %s in its own format', async (_, path, options: Outgoing, status, headers) => {
    expect(await call(path, options)).toEqual(refusal(status, 'invalid_request', headers));
  });
});

function refusal(status: number, error: keyof typeof SENTENCES, headers: Record<string, string> = {}): Told {
  const response_code = `doorkeeper.errors.messages.${error}`;
  return {
    status,
    headers: { ...PLAIN_JSON_TYPE, ...NO_STORE, ...headers },
    body: { response_code, response_message: SENTENCES[error] },
  };
}
