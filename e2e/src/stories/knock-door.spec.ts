import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { READER, tokenFor } from '../harness/sign-in.js';

describe.each(testDatabases())('door 1, one call for one token, on $name', (kind) => {
  let gatehouse: Gatehouse;
  const signIn = (auth: unknown) =>
    send(`${gatehouse.identity}/user_token`, { method: 'POST', body: { auth } });

  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
  });
  afterAll(() => gatehouse?.stop());

  it('answers 201 with a token and nothing else', async () => {
    const answer = await signIn(READER);
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.json())).toEqual(['jwt']);
    expect(answer.headers['cache-control']).toContain('no-store');
  });

  it('issues the token that the contract describes', async () => {
    const [header, claims] = partsOf(await tokenFor(gatehouse.identity, READER));
    expect(header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) });
    expect(claims).toMatchObject({
      iss: expect.stringMatching(/^http:/),
      sub: expect.any(String),
      aud: ['gatehouse'],
      client_id: 'gatehouse:knock',
      scope: expect.stringContaining('articles:read'),
      jti: expect.any(String),
      sid: expect.any(String),
    });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(24 * 60 * 60);
    expect(JSON.stringify(claims)).not.toContain('@');
  });

  it('signs with a key that it publishes, and publishes no private member', async () => {
    const [header] = partsOf(await tokenFor(gatehouse.identity, READER));
    const { keys } = (await send(`${gatehouse.identity}/.well-known/jwks.json`)).json<{
      keys: { kid: string }[];
    }>();
    expect(keys.map((key) => key.kid)).toContain(header['kid']);
    for (const key of keys) expect(Object.keys(key)).not.toContain('d');
  });

  it.each([
    ['a wrong password', { ...READER, password: 'not-the-password' }],
    ['an unknown address', { ...READER, email: 'nobody@example.com' }],
  ])('answers 401 invalid_credentials to %s', async (_, auth) => {
    const answer = await signIn(auth);
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ type: 'about:blank', status: 401, code: 'invalid_credentials' });
  });

  it('tells nobody apart: the answers to a wrong password and to an unknown address are the same', async () => {
    const wrong = await signIn({ ...READER, password: 'not-the-password' });
    const unknown = await signIn({ email: 'nobody@example.com', password: 'not-the-password' });
    const { request_id: first, ...wrongRest } = wrong.json();
    const { request_id: second, ...unknownRest } = unknown.json();
    expect(unknownRest).toEqual(wrongRest);
    expect(second).not.toBe(first);
  });

  it('names each missing part', async () => {
    const answer = await signIn({});
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'validation_failed', errors: expect.any(Object) });
  });
});

/** The header and the claims of a token. */
function partsOf(token: string): [Record<string, unknown>, Record<string, unknown>] {
  const [header = '', claims = ''] = token.split('.');
  return [decoded(header), decoded(claims)];
}

function decoded(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}
