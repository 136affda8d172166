import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, claimsOf, CONSUMER } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';

const GRANT = { grant_type: 'client_credentials' };

describe('POST /oauth/token with client_credentials', () => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp();
  });
  afterAll(() => app.close());

  const errorOf = async (answer: Response) => {
    const { error } = (await answer.json()) as { error: string };
    return [answer.status, error];
  };

  it('answers a token for the service itself', async () => {
    const answer = await app.form('/oauth/token', GRANT, basic());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('pragma')).toBe('no-cache');
    const { access_token, created_at, ...rest } = (await answer.json()) as Record<string, string | number>;
    const scope = 'articles:read revocations:read token:exchange';
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 900, scope });
    expect(Math.abs(Number(created_at) - Date.now() / 1_000)).toBeLessThan(5);
    const claims = claimsOf(String(access_token));
    expect(claims).toMatchObject({ sub: 'consumer', client_id: 'consumer', aud: ['gatehouse'], scope });
    expect(claims).not.toHaveProperty('sid');
    expect(claims).not.toHaveProperty('roles');
  });

  it('takes the client from a form or a JSON body as well', async () => {
    const form = await app.form('/oauth/token', { ...GRANT, ...CONSUMER });
    const json = await app.post('/oauth/token', { ...GRANT, ...CONSUMER });
    expect([form.status, json.status]).toEqual([200, 200]);
  });

  it('reads form-encoded halves of a Basic value', async () => {
    const encoded = { client_id: 'con%73umer', client_secret: CONSUMER.client_secret };
    expect((await app.form('/oauth/token', GRANT, basic(encoded))).status).toBe(200);
  });

  it('narrows the scope to what is asked for', async () => {
    const answer = await app.form('/oauth/token', { ...GRANT, scope: 'articles:read' }, basic());
    expect(await answer.json()).toMatchObject({ scope: 'articles:read' });
  });

  it('narrows the audience to the resource', async () => {
    const answer = await app.form('/oauth/token', { ...GRANT, resource: 'articles' }, basic());
    const { access_token } = (await answer.json()) as { access_token: string };
    expect(claimsOf(access_token)['aud']).toEqual(['articles']);
  });

  it('lets the resource be repeated', async () => {
    const fields = new URLSearchParams([
      ...Object.entries(GRANT),
      ['resource', 'articles'],
      ['resource', 'gatehouse'],
    ]);
    const { access_token } = (await (await app.form('/oauth/token', fields, basic())).json()) as {
      access_token: string;
    };
    expect(claimsOf(access_token)['aud']).toEqual(['articles', 'gatehouse']);
  });

  it.each([
    ['more scope than granted', { ...GRANT, scope: 'articles:read articles:write' }, 'invalid_scope'],
    ['a malformed scope', { ...GRANT, scope: 'articles:read  revocations:read' }, 'invalid_scope'],
    ['an unknown resource', { ...GRANT, resource: 'https://elsewhere.example' }, 'invalid_target'],
    ['an unknown grant type', { grant_type: 'magic' }, 'unsupported_grant_type'],
    ['no grant type', {}, 'invalid_request'],
    ['an empty grant type', { grant_type: '' }, 'invalid_request'],
    ['two ways of client authentication', { ...GRANT, ...CONSUMER }, 'invalid_request'],
    ['a client_id beside another in Basic', { ...GRANT, client_id: 'other' }, 'invalid_request'],
  ])('refuses %s', async (_, fields: Record<string, string>, error) => {
    const answer = await app.form('/oauth/token', fields, basic());
    expect(await errorOf(answer)).toEqual([400, error]);
  });

  it('refuses a repeated parameter', async () => {
    const fields = new URLSearchParams('grant_type=client_credentials&grant_type=client_credentials');
    expect(await errorOf(await app.form('/oauth/token', fields, basic()))).toEqual([400, 'invalid_request']);
  });

  it.each([
    ['no client at all', GRANT, {}],
    ['a wrong secret in Basic', GRANT, basic({ client_id: 'consumer', client_secret: 'wrong' })],
    ['an unknown client', GRANT, basic({ client_id: 'nobody', client_secret: 'wrong' })],
    ['a Basic value without colon', GRANT, { authorization: 'Basic YWJj' }],
    ['a broken escape in Basic', GRANT, basic({ client_id: 'consumer', client_secret: '%zz' })],
    ['a wrong secret in the body', { ...GRANT, ...CONSUMER, client_secret: 'wrong' }, {}],
  ])('answers 401 invalid_client to %s', async (_, fields, headers: Record<string, string>) => {
    const answer = await app.form('/oauth/token', fields, headers);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(await errorOf(answer)).toEqual([401, 'invalid_client']);
  });

  it.each([
    [
      'broken JSON',
      '/oauth/token',
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
      400,
    ],
    ['an unknown address', '/oauth/nothing', {}, 404],
    ['another method', '/oauth/token', {}, 405],
    [
      'a body over 100 kB',
      '/oauth/token',
      { method: 'POST', body: new URLSearchParams({ a: 'x'.repeat(200_000) }) },
      413,
    ],
    [
      'another media type',
      '/oauth/token',
      { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } },
      415,
    ],
  ])('answers %s in OAuth’s own format', async (_, path, init: RequestInit, status) => {
    const answer = await app.fetch(path, init);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual({ error: expect.any(String), error_description: expect.any(String) });
    expect(answer.status).toBe(status);
  });
});

describe('the documents', () => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp();
  });
  afterAll(() => app.close());

  it('publish public members of the active and the next key alone', async () => {
    const { keys } = (await (await app.fetch('/.well-known/jwks.json')).json()) as { keys: object[] };
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    }
  });

  it('name the issuer from the configuration, whatever Host says', async () => {
    const answer = await app.fetch('/.well-known/oauth-authorization-server', {
      headers: { 'x-forwarded-host': 'evil' },
    });
    expect(await answer.json()).toMatchObject({
      issuer: 'http://localhost:3000',
      token_endpoint: 'http://localhost:3000/oauth/token',
      response_types_supported: [],
    });
  });
});
