import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, exchangeApiKey } from '../../testing/api.keys.js';
import { basic, READER, userToken } from '../../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';

type Credential = (app: IdentityTestApp) => Promise<Record<string, string>>;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const accountKey = async (app: IdentityTestApp) => (await createApiKey(app, { scopes: ['account'] })).key;

const exchanged: Credential = async (app) => {
  const exchange = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: await userToken(app),
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  };
  const answer = await app.form('/oauth/token', exchange, basic());
  return bearer(((await answer.json()) as { access_token: string }).access_token);
};

// The client that acts is the one that signed the user in.
const exchangedByItsOwnClient: Credential = async (app) => {
  const signIn = { grant_type: 'password', username: READER.email, password: READER.password };
  const answer = await app.form('/oauth/token', signIn, basic());
  const { access_token: subject_token } = (await answer.json()) as { access_token: string };
  const exchange = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    scope: 'account',
  };
  const acting = await app.form('/oauth/token', exchange, basic());
  return bearer(((await acting.json()) as { access_token: string }).access_token);
};

const BORROWED: [string, Credential][] = [
  ['an API key', async (app) => ({ apikey: await accountKey(app) })],
  [
    'a service that was shown an API key',
    async (app) => bearer((await exchangeApiKey(app, await accountKey(app))).body.access_token),
  ],
  ['a service that acts for the user', exchanged],
  ['a service that acts for the user it signed in', exchangedByItsOwnClient],
];

const PERSONAL: [string, string, object][] = [
  ['PATCH', '/me', { email: 'thief@example.com' }],
  ['POST', '/me/password', { current_password: READER.password, password: 'a brand new password' }],
  ['DELETE', '/me', { password: READER.password }],
  ['POST', '/me/api_keys', { name: 'borrowed' }],
];

describe.each(testDatabases())('what only people do who signed in, on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => void (app = await createIdentityTestApp({ database })));
  afterAll(() => app.close());

  const send = (method: string, path: string, body: object, credential: Record<string, string>) =>
    app.fetch(path, {
      method,
      headers: { ...credential, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it.each(BORROWED)('is refused to %s', async (_, borrow) => {
    const credential = await borrow(app);
    expect((await send('PATCH', '/me', { locale: 'fr' }, credential)).status).toBe(200);
    for (const [method, path, body] of PERSONAL) {
      const answer = await send(method, path, body, credential);
      expect([method, answer.status, await answer.json()]).toMatchObject([
        method,
        403,
        { code: 'forbidden' },
      ]);
    }
    expect(await userToken(app)).toBeTruthy();
  });
});
