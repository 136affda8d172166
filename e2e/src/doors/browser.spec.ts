import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { type Outgoing, send } from '../harness/http.js';
import { READER, tokenFor } from '../harness/sign-in.js';
import { browserSession } from './browser.session.js';
import { setCookiesOf } from './set-cookies.js';
import { JSON_TYPE, NO_STORE, PLAIN_JSON_TYPE, problem, type Told, told } from './told.js';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const USER = {
  id: 'usr_demo_reader',
  email: READER.email,
  email_confirmed: true,
  locale: 'en',
  roles: [],
  created_at: TIME,
  updated_at: TIME,
};
const CSRF_FAILED = 'Send the value of the XSRF-TOKEN cookie once, as X-CSRF-Token.';
const WRONG = 'The email address or the password is wrong.';
const LOGIN = { 'www-authenticate': 'Bearer realm="gatehouse"' };

describe.each(testDatabases())('a browser, on $name', (kind) => {
  let gatehouse: Gatehouse;
  let identity: string;
  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
    ({ identity } = gatehouse);
  });
  afterAll(() => gatehouse?.stop());

  const sessions = (options: Outgoing) => send(`${identity}/sessions`, { method: 'POST', ...options });
  const currentUser = async (options: Outgoing) => told(await send(`${identity}/current_user`, options));
  const articles = (options: Outgoing, path = '/articles') => send(gatehouse.articles + path, options);
  const published = () => identity.replace('127.0.0.1', 'localhost');
  const challenge = () =>
    `Bearer realm="gatehouse", resource_metadata="${published()}/.well-known/oauth-protected-resource"`;
  const nobody = (bad: boolean) => {
    const error = ', error="invalid_token", error_description="The access token is not valid"';
    const headers = { 'www-authenticate': challenge() + (bad ? error : '') };
    return refusal(401, 'unauthenticated', 'Not authenticated', { headers });
  };

  it('signs in, is known at every service, writes with the CSRF value, signs out', async () => {
    const answer = await sessions({ body: READER });
    expect(told(answer)).toEqual(success('Successfully signed in', USER));
    const { jwt, 'XSRF-TOKEN': xsrf } = setCookiesOf(answer);
    expect(jwt!.attributes).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax']);
    expect(xsrf!.attributes).toEqual(['Max-Age=604800', 'Path=/', 'SameSite=Lax']);
    expect(claimsOf(jwt!.value)['csrf_token']).toBe(xsrf!.value);
    const headers = { cookie: `jwt=${jwt!.value}; XSRF-TOKEN=${xsrf!.value}` };
    const meant = { ...headers, 'x-csrf-token': xsrf!.value };

    expect(await currentUser({ headers })).toEqual(success('Success', USER));
    expect((await articles({ headers })).status).toBe(200);
    expect((await send(`${gatehouse.consumer}/articles`, { headers })).status).toBe(200);
    const body = { title: 'mine', body: '' };
    const created = await articles({ method: 'POST', headers: meant, body });
    const path = created.headers['location']!;
    expect(created.status).toBe(201);
    expect(
      (await articles({ method: 'PATCH', headers: meant, body: { title: 'still mine' } }, path)).status,
    ).toBe(200);
    expect((await articles({ method: 'DELETE', headers: meant }, path)).status).toBe(204);

    const out = await sessions({ method: 'DELETE', headers: meant });
    expect(told(out)).toEqual(success('Successfully signed out', null));
    expect(setCookiesOf(out)).toEqual({
      jwt: { value: '', attributes: ['HttpOnly', 'Max-Age=0', 'Path=/', 'SameSite=Lax'] },
      'XSRF-TOKEN': { value: '', attributes: ['Max-Age=0', 'Path=/', 'SameSite=Lax'] },
    });
    const status = async () => (await articles({ headers })).status;
    await expect.poll(status, { timeout: 1_000, interval: 20 }).toBe(401);
    expect(await currentUser({ headers })).toEqual(nobody(true));
    expect(told(await sessions({ method: 'DELETE', headers: meant }))).toEqual(nobody(true));
  });

  it.each(['POST', 'PATCH', 'DELETE'])('changes nothing by %s without the CSRF value', async (method) => {
    const { cookie } = await browserSession(identity);
    const path = method === 'POST' ? '/articles' : '/articles/1';
    const options = {
      method,
      headers: { cookie },
      ...(method !== 'DELETE' && { body: { title: 'forged', body: '' } }),
    };
    const refused = problem([403, 'csrf_failed', 'CSRF check failed', CSRF_FAILED]);
    expect(told(await articles(options, path))).toEqual(refused);
    const { text } = await articles({ headers: { cookie } });
    expect([text.includes('first article'), text.includes('forged')]).toEqual([true, false]);
  });

  it('is not signed out without the CSRF value, nor with that of another session', async () => {
    const [{ cookie }, { csrf }] = [await browserSession(identity), await browserSession(identity)];
    for (const value of [undefined, csrf]) {
      const headers = { cookie, ...(value !== undefined && { 'x-csrf-token': value }) };
      const answer = await sessions({ method: 'DELETE', headers });
      expect(told(answer)).toEqual(refusal(403, 'csrf_failed', CSRF_FAILED));
      expect(setCookiesOf(answer)).toEqual({});
    }
    expect((await currentUser({ headers: { cookie } })).status).toBe(200);
  });

  it('is nobody without a session; a bearer says who it is as well', async () => {
    expect(await currentUser({})).toEqual(nobody(false));
    expect(await currentUser({ headers: { cookie: 'jwt=x.y.z' } })).toEqual(nobody(true));
    expect(told(await sessions({ method: 'DELETE' }))).toEqual(nobody(false));
    const bearer = await tokenFor(identity, READER);
    expect(await currentUser({ bearer })).toEqual(success('Success', USER));
    const twice = await currentUser({ headers: { cookie: 'jwt=a; jwt=b' } });
    expect([twice.status, twice.body]).toMatchObject([400, { data: null, result_code: 'invalid_request' }]);
  });

  it('is told which members of a sign-in are not valid', async () => {
    const { status, body } = told(await sessions({ body: {} }));
    const [email, password] = [expect.any(Array), expect.any(Array)];
    expect([status, body]).toEqual([
      400,
      { message: 'Invalid input given', data: { email, password }, result_code: 'validation_failed' },
    ]);
  });

  it.each([
    [
      'a wrong password',
      { body: { ...READER, password: 'x' } },
      refusal(401, 'invalid_credentials', WRONG, { headers: LOGIN }),
    ],
    [
      'an unknown address',
      { body: { ...READER, email: 'x@example.com' } },
      refusal(401, 'invalid_credentials', WRONG, { headers: LOGIN }),
    ],
    [
      'another site’s page',
      { body: READER, headers: { 'sec-fetch-site': 'cross-site' } },
      refusal(403, 'csrf_failed', 'Sign in from a page of this site.'),
    ],
    [
      'a form',
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...READER }).toString(),
      },
      refusal(415, 'unsupported_media_type', 'Send JSON.'),
    ],
    [
      'JSON as text',
      { headers: { 'content-type': 'text/plain' }, body: JSON.stringify(READER) },
      refusal(415, 'unsupported_media_type', 'Send JSON, or a form where the route takes one.'),
    ],
    [
      'broken JSON',
      { headers: { 'content-type': 'application/json' }, body: '{' },
      refusal(400, 'malformed_request', 'The body is not valid JSON.'),
    ],
    [
      'over 100 kB',
      { body: { email: 'x'.repeat(102_400) } },
      refusal(413, 'payload_too_large', 'The body is larger than 100 kB.'),
    ],
    [
      'another method',
      { method: 'PUT' },
      refusal(405, 'method_not_allowed', 'This address takes DELETE, POST.', {
        headers: { allow: 'DELETE, POST' },
      }),
    ],
  ])('is refused a sign-in by %s, and gets no cookie', async (_, options: Outgoing, expected) => {
    const answer = await sessions(options);
    expect([told(answer), setCookiesOf(answer)]).toEqual([expected, {}]);
  });

  it('finds nothing elsewhere under the door, in its own format', async () => {
    const nothing = refusal(404, 'not_found', 'There is nothing at this address.');
    for (const path of ['/sessions/1', '/current_user/1'])
      expect(told(await send(identity + path))).toEqual(nothing);
  });
});

function success(message: string, data: unknown): Told {
  return {
    status: 200,
    headers: { ...JSON_TYPE, ...NO_STORE },
    body: { message, data, result_code: 'success' },
  };
}

function refusal(
  status: number,
  result_code: string,
  message: string,
  { headers = {} }: { headers?: Record<string, string> } = {},
): Told {
  return {
    status,
    headers: { ...PLAIN_JSON_TYPE, ...NO_STORE, ...headers },
    body: { message, data: null, result_code },
  };
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
}
