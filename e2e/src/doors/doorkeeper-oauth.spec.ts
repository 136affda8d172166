import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { grant, READER, sendForm } from '../harness/sign-in.js';
import { JSON_TYPE, NO_STORE, PLAIN_JSON_TYPE, type Told, told } from './told.js';

const CONSUMER = ['consumer', 'consumer-secret-for-development'] as const;
const BAD_CLIENT = ['consumer', 'wrong'] as const;
const PASSWORD = { grant_type: 'password', username: READER.email, password: READER.password };
// A further service adds scopes of its own at the end.
const SCOPE = expect.stringMatching(/^articles:read articles:write account( |$)/) as string;
const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
};
const JWT = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/);
const OPAQUE = expect.stringMatching(/^[\w-]{43}$/);
const SECONDS = expect.any(Number);
type Client = readonly [string, string];

describe.each(testDatabases())('an OAuth client as Doorkeeper served it, on $name', (kind) => {
  let gatehouse: Gatehouse;
  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
  });
  afterAll(() => gatehouse?.stop());

  const token = async (form: Record<string, string>, client?: Client) =>
    told(await grant(gatehouse.identity, form, client));
  const oauth = async (path: string, form: Record<string, string>, client?: Client) =>
    told(await sendForm(`${gatehouse.identity}/oauth/${path}`, form, client));
  const articles = async (bearer: string) =>
    (await send(`${gatehouse.articles}/articles`, { bearer })).status;
  const tokens = ({ body }: Told) => body as Record<'access_token' | 'refresh_token', string>;

  it('signs in by password, refreshes, is introspected, revokes', async () => {
    const first = await token(PASSWORD);
    const answer = { access_token: JWT, refresh_token: OPAQUE, token_type: 'Bearer', expires_in: 900 };
    expect(first).toEqual(ok({ ...answer, scope: SCOPE, created_at: SECONDS }));
    const second = await token({
      grant_type: 'refresh_token',
      refresh_token: tokens(first).refresh_token,
      scope: 'articles:read',
    });
    expect(second).toEqual(ok({ ...answer, scope: 'articles:read', created_at: SECONDS }));
    const { access_token, refresh_token } = tokens(second);
    expect(await articles(access_token)).toBe(200);
    expect((await oauth('introspect', { token: access_token }, CONSUMER)).body).toEqual({
      active: true,
      token_type: 'Bearer',
      iss: gatehouse.identity.replace('127.0.0.1', 'localhost'),
      sub: 'usr_demo_reader',
      aud: ['gatehouse'],
      client_id: 'gatehouse:doorkeeper',
      scope: 'articles:read',
      sid: expect.stringMatching(/^ses_/),
      jti: expect.any(String),
      iat: SECONDS,
      exp: SECONDS,
    });
    expect((await oauth('revoke', { token: refresh_token })).status).toBe(200);
    await expect.poll(() => articles(access_token), { timeout: 1_000, interval: 20 }).toBe(401);
    const gone = await oauth('introspect', { token: access_token }, CONSUMER);
    expect([gone.status, gone.body]).toEqual([200, { active: false }]);
  });

  it('takes JSON and email as well, and a service its own token without a refresh token', async () => {
    const { username: email, ...rest } = PASSWORD;
    const url = `${gatehouse.identity}/oauth/token`;
    expect((await send(url, { method: 'POST', body: { ...rest, email } })).status).toBe(200);
    const scope = 'articles:read revocations:read token:exchange';
    expect(await token({ grant_type: 'client_credentials' }, CONSUMER)).toEqual(
      ok({ access_token: JWT, token_type: 'Bearer', expires_in: 900, scope, created_at: SECONDS }),
    );
  });

  it('exchanges a user’s token, without a refresh token', async () => {
    const { access_token: subject_token } = tokens(await token(PASSWORD));
    expect(await token({ ...EXCHANGE, subject_token, audience: 'articles' }, CONSUMER)).toEqual(
      ok({
        access_token: JWT,
        issued_token_type: EXCHANGE.subject_token_type,
        token_type: 'Bearer',
        expires_in: SECONDS,
        scope: expect.stringContaining('articles:read'),
        created_at: SECONDS,
      }),
    );
    const elsewhere = await token({ ...EXCHANGE, subject_token, audience: 'elsewhere' }, CONSUMER);
    expect([elsewhere.status, elsewhere.body]).toMatchObject([400, { error: 'invalid_target' }]);
  });

  it.each([
    ['nothing', {}, undefined, 'invalid_request', 'The parameter grant_type is missing.'],
    [
      'another grant',
      { grant_type: 'x' },
      undefined,
      'unsupported_grant_type',
      'This grant type is not supported.',
    ],
    [
      'a wrong password',
      { ...PASSWORD, password: 'x' },
      undefined,
      'invalid_grant',
      'The email address or the password is wrong.',
    ],
    [
      'an unknown user',
      { ...PASSWORD, username: 'x@example.com' },
      undefined,
      'invalid_grant',
      'The email address or the password is wrong.',
    ],
    [
      'no password',
      { ...PASSWORD, password: '' },
      undefined,
      'invalid_request',
      'The parameter password is missing.',
    ],
    [
      'too wide a scope',
      { ...PASSWORD, scope: 'admin' },
      undefined,
      'invalid_scope',
      'The requested scope is unknown, malformed or more than is granted.',
    ],
    [
      'an unknown resource',
      { ...PASSWORD, resource: 'https://x.example' },
      undefined,
      'invalid_target',
      'The requested resource is unknown or may not be asked for.',
    ],
    [
      'a made-up refresh token',
      { grant_type: 'refresh_token', refresh_token: 'x' },
      undefined,
      'invalid_grant',
      'The refresh token is not valid.',
    ],
    [
      'no refresh token',
      { grant_type: 'refresh_token' },
      undefined,
      'invalid_request',
      'The parameter refresh_token is missing.',
    ],
    [
      'no client',
      { grant_type: 'client_credentials' },
      undefined,
      'invalid_client',
      'Client authentication failed.',
    ],
    [
      'a wrong secret',
      { grant_type: 'client_credentials' },
      BAD_CLIENT,
      'invalid_client',
      'Client authentication failed.',
    ],
    [
      'a wrong secret beside a password',
      PASSWORD,
      BAD_CLIENT,
      'invalid_client',
      'Client authentication failed.',
    ],
    [
      'a bad subject token',
      { ...EXCHANGE, subject_token: 'x' },
      CONSUMER,
      'invalid_request',
      'The subject token is not valid.',
    ],
  ])('is refused a token with %s', async (_, form, client, error, description) => {
    expect(await token(form as Record<string, string>, client)).toEqual(refusal(error, description));
  });

  it.each([
    [
      'a revocation of nothing',
      'revoke',
      {},
      undefined,
      'invalid_request',
      'The parameter token is missing.',
    ],
    [
      'a revocation by a wrong client',
      'revoke',
      { token: 'x' },
      BAD_CLIENT,
      'invalid_client',
      'Client authentication failed.',
    ],
    [
      'an introspection of nothing',
      'introspect',
      {},
      CONSUMER,
      'invalid_request',
      'The parameter token is missing.',
    ],
    [
      'an introspection by nobody',
      'introspect',
      { token: 'x' },
      undefined,
      'invalid_client',
      'Client authentication failed.',
    ],
    [
      'an introspection by a wrong client',
      'introspect',
      { token: 'x' },
      BAD_CLIENT,
      'invalid_client',
      'Client authentication failed.',
    ],
  ])('is refused %s', async (_, path, form, client, error, description) => {
    expect(await oauth(path, form as Record<string, string>, client)).toEqual(refusal(error, description));
  });

  it.each(['x', 'x.y.z', ' ', 'é'])('may revoke %j, which nobody knows', async (unknown) => {
    expect((await oauth('revoke', { token: unknown })).status).toBe(200);
  });
});

function ok(body: object): Told {
  return { status: 200, headers: { ...JSON_TYPE, ...NO_STORE }, body };
}

/** RFC 6749 §5.2: 400, but 401 with a challenge for a client that failed to authenticate. */
function refusal(error: string, error_description: string): Told {
  const failed = error === 'invalid_client';
  const basic = { 'www-authenticate': 'Basic realm="gatehouse", charset="UTF-8"' };
  const headers = { ...PLAIN_JSON_TYPE, ...NO_STORE, ...(failed && basic) };
  return { status: failed ? 401 : 400, headers, body: { error, error_description } };
}
