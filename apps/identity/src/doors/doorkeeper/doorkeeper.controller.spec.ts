import { USER_SCOPES } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { User } from '../../accounts/user.entity.js';
import { Session } from '../../sessions/session.entity.js';
import { basic, claimsOf, READER, userToken } from '../../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';

type Body = Record<string, unknown>;
const LOGIN = { ...READER, grant_type: 'password' };
const SUCCESS = { response_code: 'custom.success.default', response_message: 'Done.' };

describe.each(testDatabases())('the doorkeeper door on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
  });
  afterAll(() => app.close());

  const call = async (path: string, body: Body, headers: Record<string, string> = {}) => {
    const answer = await app.post(path, body, headers);
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body };
  };
  const login = (members: Body = {}, headers = {}) =>
    call('/api/v1/login', { ...LOGIN, ...members }, headers);
  const logout = (token: string) => call('/api/v1/logout', {}, { authorization: `Bearer ${token}` });
  const changeReader = (changes: Partial<User>) =>
    app.get(Database).transaction((manager) => manager.update(User, { email: READER.email }, changes));

  it('logs in with the token answer in its envelope', async () => {
    const { status, headers, body } = await login();
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      ...SUCCESS,
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      scope: USER_SCOPES.join(' '),
      created_at: expect.any(Number),
    });
    expect(claimsOf(body['access_token'] as string)).toMatchObject({ client_id: 'gatehouse:doorkeeper' });
  });

  it('refreshes, and refuses the spent token with the state that was sent', async () => {
    const { body } = await login();
    const refresh = { grant_type: 'refresh_token', refresh_token: body['refresh_token'] };
    const second = await call('/api/v1/refresh', refresh);
    expect([second.status, second.body]).toMatchObject([200, SUCCESS]);
    await call('/api/v1/refresh', { ...refresh, refresh_token: second.body['refresh_token'] });
    const theft = await call('/api/v1/refresh', { ...refresh, state: 'xyz' });
    expect([theft.status, theft.body]).toEqual([
      400,
      {
        response_code: 'doorkeeper.errors.messages.invalid_grant',
        response_message: 'This sign-in is no longer valid. Sign in again.',
        state: 'xyz',
      },
    ]);
  });

  it('logs out: session, refresh token and device token are gone', async () => {
    const { body } = await login({ device_token: 'push-here' });
    const token = body['access_token'] as string;
    const find = () =>
      app.get(Database).manager.findOneByOrFail(Session, { id: claimsOf(token)['sid'] as string });
    expect((await find()).deviceToken).toBe('push-here');
    expect(await logout(token)).toMatchObject({ status: 200, body: SUCCESS });
    expect((await find()).deviceToken).toBeNull();
    expect(await logout(token)).toMatchObject({
      status: 401,
      body: { response_code: 'doorkeeper.errors.messages.invalid_token' },
    });
    const refresh = { grant_type: 'refresh_token', refresh_token: body['refresh_token'] };
    expect((await call('/api/v1/refresh', refresh)).status).toBe(400);
  });

  it('lets nobody log out without a session’s bearer', async () => {
    const none = await call('/api/v1/logout', {});
    const service = await app.form('/oauth/token', { grant_type: 'client_credentials' }, basic());
    const answers = [
      none,
      await logout('x.y.z'),
      await logout(((await service.json()) as Body)['access_token'] as string),
    ];
    for (const { status, body, headers } of answers) {
      expect([status, body['response_code']]).toEqual([401, 'doorkeeper.errors.messages.invalid_token']);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  it.each([
    ['invalid', { password: 'wrong' }, { disabledAt: new Date() }],
    ['invalid', { email: 'nobody@example.com' }, { disabledAt: null }],
    ['unconfirmed', {}, { emailConfirmedAt: null }],
    ['password_reset_required', {}, { passwordResetRequired: true }],
    ['inactive', {}, { disabledAt: new Date() }],
  ])('answers 400 devise.failure.%s to %j of a user with %j', async (failure, members, changes) => {
    const { emailConfirmedAt, passwordResetRequired, disabledAt } = await app
      .get(Database)
      .manager.findOneByOrFail(User, { email: READER.email });
    await changeReader(changes);
    const { status, body, headers } = await login(members);
    await changeReader({ emailConfirmedAt, passwordResetRequired, disabledAt });
    expect([status, body['response_code']]).toEqual([400, `devise.failure.${failure}`]);
    expect(headers.get('www-authenticate')).toBeNull(); // A challenge asks for a token, which this caller came for.
  });

  it.each([
    ['invalid_request', { grant_type: undefined }],
    ['unsupported_grant_type', { grant_type: 'refresh_token' }],
    ['invalid_request', { email: undefined }],
    ['invalid_request', { password: ['a', 'b'] }],
    ['invalid_request', { device_token: 'x'.repeat(256) }],
    ['invalid_scope', { scope: 'admin' }],
    ['invalid_client', { client_id: 'consumer', client_secret: 'wrong' }],
  ])('answers doorkeeper.errors.messages.%s to %j', async (error, members) => {
    const before = await app.get(Database).manager.count(Session);
    const { status, body } = await login(members);
    expect(status).toBe(error === 'invalid_client' ? 401 : 400);
    expect(body['response_code']).toBe(`doorkeeper.errors.messages.${error}`);
    expect(await app.get(Database).manager.count(Session)).toBe(before);
  });

  it.each([
    ['de-AT,en;q=0.5', 'Die E-Mail-Adresse oder das Passwort ist falsch.'],
    ['fr', 'L’adresse e-mail ou le mot de passe est incorrect.'],
    ['es-MX', 'El correo electrónico o la contraseña no son correctos.'],
    ['ja', 'メールアドレスまたはパスワードが正しくありません。'],
    ['tlh', 'The email address or the password is wrong.'],
  ])('speaks %s', async (language, sentence) => {
    const { body } = await login({ password: 'wrong' }, { 'accept-language': language });
    expect(body['response_message']).toBe(sentence);
  });

  it('says no in its own format whatever goes wrong', async () => {
    const broken = await app.fetch('/api/v1/login', {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    const large = await app.post('/api/v1/login', { email: 'x'.repeat(200_000) });
    const answers = [broken, large, await app.fetch('/api/v1/nothing'), await app.fetch('/api/v1/login')];
    expect(answers.map(({ status }) => status)).toEqual([400, 413, 404, 405]);
    for (const answer of answers) {
      expect(await answer.json()).toMatchObject({ response_code: expect.stringMatching(/^doorkeeper\./) });
    }
  });

  it('takes username or email at the token endpoint, and narrows what is asked for', async () => {
    const fields = { grant_type: 'password', password: READER.password, scope: 'articles:read' };
    for (const parameter of ['username', 'email']) {
      const answer = await app.form('/oauth/token', { ...fields, [parameter]: READER.email });
      const body = (await answer.json()) as Body;
      expect([answer.status, body]).toMatchObject([200, { scope: 'articles:read', token_type: 'Bearer' }]);
      const refreshed = await app.form('/oauth/token', {
        grant_type: 'refresh_token',
        refresh_token: body['refresh_token'] as string,
      });
      expect(await refreshed.json()).toMatchObject({ scope: 'articles:read' });
    }
    const wrong = await app.form('/oauth/token', { ...fields, username: READER.email, password: 'wrong' });
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  });

  it('takes the address as username or email, and both only where they are one', async () => {
    const grant = async (fields: Record<string, string>) => {
      const { password } = READER;
      const answer = await app.form('/oauth/token', { grant_type: 'password', password, ...fields });
      const body = (await answer.json()) as Body;
      return [answer.status, body['error'], body['error_description']];
    };
    expect((await grant({ username: READER.email, email: READER.email.toUpperCase() }))[0]).toBe(200);
    const two = await grant({ username: READER.email, email: 'admin@example.com' });
    expect(two.slice(0, 2)).toEqual([400, 'invalid_request']);
    expect(await grant({})).toEqual([400, 'invalid_request', expect.stringContaining('username')]);
  });
});

describe('the doorkeeper door, closed', () => {
  it('does not exist, and neither does its grant', async () => {
    const app = await createIdentityTestApp({ environment: { LEGACY_DOORS: 'knock' } });
    const login = await app.post('/api/v1/login', LOGIN);
    const grant = await app.form('/oauth/token', { grant_type: 'password', username: 'x', password: 'y' });
    await userToken(app);
    await app.close();
    expect(login.status).toBe(404);
    expect([grant.status, await grant.json()]).toMatchObject([400, { error: 'unsupported_grant_type' }]);
  });
});
