import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { type Outgoing, send } from '../harness/http.js';
import { ADMIN, READER, tokenFor } from '../harness/sign-in.js';
import { createApiKey } from './api.key.js';
import {
  BROKEN_JSON,
  invalid,
  JSON_TYPE,
  NO_STORE,
  OTHER_TYPE,
  problem,
  takes,
  told,
  TOO_LARGE,
  unauthenticated,
  WRONG_CREDENTIALS,
} from './told.js';

/** What ends at identity has ended at every guard within this time. */
const WITHIN = { timeout: 1_000, interval: 20 };

describe.each(testDatabases())('a client of the Devise + ApiKey recipe, on $name', (kind) => {
  let gatehouse: Gatehouse;
  let identity: string;
  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
    ({ identity } = gatehouse);
  });
  afterAll(() => gatehouse?.stop());

  const json = { 'content-type': 'application/json' };
  const users = (options: Outgoing) => send(`${identity}/api/users`, { method: 'POST', ...options });
  const signIn = async (user = READER) => (await users({ body: { user } })).json<{ token: string }>().token;
  const read = (headers: Record<string, string>, query = '') =>
    send(`${gatehouse.articles}/api/articles${query}`, { headers });
  const statusOf = async (...parts: Parameters<typeof read>) => (await read(...parts)).status;
  const auth = (token: string) => ({ authorization: `Bearer ${token}` });
  const published = (url: string) => url.replace('127.0.0.1', 'localhost');

  it('signs in, makes a key, reads with both, deletes the key, signs out', async () => {
    const signedIn = told(await users({ body: { user: READER } }));
    expect(signedIn).toEqual({
      status: 200,
      headers: { ...JSON_TYPE, ...NO_STORE },
      body: { token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) },
    });
    const { token: bearer } = signedIn.body as { token: string };
    const body = { name: 'nightly', scopes: ['articles:read'], expires_at: '2999-01-01T00:00:00.000Z' };
    const made = told(await send(`${identity}/me/api_keys`, { method: 'POST', bearer, body }));
    expect(made).toEqual({
      status: 201,
      headers: { ...JSON_TYPE, ...NO_STORE },
      body: {
        ...body,
        id: expect.stringMatching(/^key_/),
        key: expect.stringMatching(/^ghk_[\w-]{43}$/),
        prefix: expect.stringMatching(/^ghk_/),
        created_at: expect.stringMatching(/Z$/),
      },
    });
    const { id, key: apikey } = made.body as { id: string; key: string };
    const list = await read({ apikey, ...auth(bearer) });
    expect([list.status, list.json<{ id: number }[]>().map((each) => each.id)]).toEqual([200, [1, 2]]);

    const deleted = await send(`${identity}/me/api_keys/${id}`, { method: 'DELETE', bearer });
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    await expect.poll(() => statusOf({ apikey, ...auth(bearer) }), WITHIN).toBe(401);

    const signedOut = await users({ method: 'DELETE', bearer });
    expect([signedOut.status, signedOut.text]).toEqual([204, '']);
    expect(told(await users({ method: 'DELETE', bearer }))).toEqual(
      unauthenticated('gatehouse', published(identity), 'invalid_token'),
    );
  });

  it('ends the first token by signing in again, at articles as well, and no other door’s', async () => {
    const knock = await tokenFor(identity, READER);
    const first = await signIn();
    const { key: apikey } = await createApiKey(identity, first, ['articles:read']);
    expect(await statusOf({ apikey, ...auth(first) })).toBe(200);
    const second = await signIn();
    await expect.poll(() => statusOf({ apikey, ...auth(first) }), WITHIN).toBe(401);
    expect(await statusOf({ apikey, ...auth(second) })).toBe(200);
    expect(await statusOf({ apikey, ...auth(knock) })).toBe(200);
  });

  it('needs key and token of one user, in headers or (outside production) in the query', async () => {
    const [token, another] = [await signIn(), await tokenFor(identity, ADMIN)];
    const { key: apikey } = await createApiKey(identity, token, ['articles:read']);
    const where = [
      [{ apikey, ...auth(token) }, '', 200],
      [{}, `?token=${token}&apikey=${apikey}`, 200],
      [{ apikey }, `?token=${token}`, 200],
      [auth(token), `?apikey=${apikey}`, 200],
      [{ apikey, ...auth(another) }, '', 401],
      [{}, `?token=${another}&apikey=${apikey}`, 401],
      [{ apikey }, '', 401],
      [auth(token), '', 401],
      [{}, `?token=${token}`, 401],
      [{}, `?apikey=${apikey}`, 401],
      [{}, '?token=x.y.z&apikey=x', 401],
      [{ apikey, ...auth(token) }, `?token=${token}`, 400],
      [{ apikey, ...auth(token) }, `?apikey=${apikey}`, 400],
      [{}, `?token=${token}&token=${token}&apikey=${apikey}`, 400],
      [{ apikey, cookie: 'jwt=x' }, '', 400],
    ] as [Record<string, string>, string, number][];
    const answers = await Promise.all(where.map(([headers, query]) => statusOf(headers, query)));
    expect(answers).toEqual(where.map(([, , status]) => status));
    expect(await send(`${gatehouse.articles}/articles?token=${token}`)).toMatchObject({ status: 401 });
  });

  it('is told in full why it may not read', async () => {
    const articles = published(gatehouse.articles);
    expect(told(await read({}))).toEqual(unauthenticated('articles', articles));
    const bad = told(await read({ apikey: 'x', ...auth('x.y.z') }));
    expect(bad).toEqual(unauthenticated('articles', articles, 'invalid_token'));
  });

  it.each([
    ['a wrong password', { body: { user: { ...READER, password: 'x' } } }, WRONG_CREDENTIALS],
    ['no user', { body: {} }, invalid({ user: ['user must be an object'] })],
    ['broken JSON', { headers: json, body: '{' }, BROKEN_JSON],
    ['over 100 kB', { headers: json, body: `"${'x'.repeat(102_400)}"` }, TOO_LARGE],
    ['another media type', { headers: { 'content-type': 'text/plain' }, body: 'x' }, OTHER_TYPE],
    ['another method', { method: 'GET' }, takes('DELETE, POST')],
  ])('is refused a sign-in with %s', async (_, options: Outgoing, refusal) => {
    expect(told(await users(options))).toEqual(refusal);
  });

  it.each([
    [{ name: '' }, { name: ['name must be a text of 1 to 100 characters'] }],
    [{ scopes: ['admin'] }, { scopes: [expect.stringMatching(/^scopes must be among your own: /)] }],
    [{ expires_at: '2001-01-01T00:00:00.000Z' }, { expires_at: ['expires_at must be in the future'] }],
  ])('is refused a key with %j', async (members, errors) => {
    const body = { name: 'script', ...members };
    const answer = await send(`${identity}/me/api_keys`, { method: 'POST', bearer: await signIn(), body });
    expect(told(answer)).toEqual(invalid(errors));
  });

  it('finds no key of another user', async () => {
    const { id } = await createApiKey(identity, await signIn(), ['articles:read']);
    const bearer = await tokenFor(identity, ADMIN);
    const answer = await send(`${identity}/me/api_keys/${id}`, { method: 'DELETE', bearer });
    expect(told(answer)).toEqual(problem([404, 'not_found', 'Not found', 'There is no such API key.']));
  });
});
