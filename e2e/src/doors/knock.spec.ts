import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { type Outgoing, send } from '../harness/http.js';
import { READER } from '../harness/sign-in.js';
import {
  BROKEN_JSON,
  invalid,
  JSON_TYPE,
  NO_STORE,
  OTHER_TYPE,
  takes,
  told,
  TOO_LARGE,
  unauthenticated,
  WRONG_CREDENTIALS,
} from './told.js';

describe.each(testDatabases())('a client of the knock gem, on $name', (kind) => {
  let gatehouse: Gatehouse;
  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
  });
  afterAll(() => gatehouse?.stop());

  const json = { 'content-type': 'application/json' };
  const signIn = (options: Outgoing) =>
    send(`${gatehouse.identity}/user_token`, { method: 'POST', ...options });
  const articles = () => gatehouse.articles.replace('127.0.0.1', 'localhost');

  it('signs in with one call, reads and writes with what it got', async () => {
    const signedIn = told(await signIn({ body: { auth: READER } }));
    expect(signedIn).toEqual({
      status: 201,
      headers: { ...JSON_TYPE, ...NO_STORE },
      body: { jwt: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) },
    });
    const { jwt: bearer } = signedIn.body as { jwt: string };
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const article = (id: number, word: string) => ({
      id,
      title: `${word} article`,
      body: `${word} article body`,
      created_at: time,
      updated_at: time,
    });
    const list = await send(`${gatehouse.articles}/articles`, { bearer });
    expect([list.headers['etag'], told(list)]).toEqual([
      expect.stringMatching(/^W\/"/),
      {
        status: 200,
        headers: { ...JSON_TYPE, 'cache-control': 'max-age=0, private, must-revalidate' },
        body: [article(1, 'first'), article(2, 'second')],
      },
    ]);
    const body = { article: { title: 'third article', body: 'third article body' } };
    const created = await send(`${gatehouse.articles}/articles`, { method: 'POST', bearer, body });
    expect([created.status, created.json()]).toEqual([201, article(3, 'third')]);
  });

  it('is refused at articles without a token, and with one that is not good', async () => {
    const none = told(await send(`${gatehouse.articles}/articles`));
    expect(none).toEqual(unauthenticated('articles', articles()));
    const bad = told(await send(`${gatehouse.articles}/articles`, { bearer: 'x.y.z' }));
    expect(bad).toEqual(unauthenticated('articles', articles(), 'invalid_token'));
  });

  it.each([
    ['a wrong password', { body: { auth: { ...READER, password: 'x' } } }, WRONG_CREDENTIALS],
    ['an unknown address', { body: { auth: { ...READER, email: 'x@example.com' } } }, WRONG_CREDENTIALS],
    ['a body without auth', { body: {} }, invalid({ auth: ['auth must be an object'] })],
    [
      'no password',
      { body: { auth: { email: READER.email } } },
      invalid({ 'auth.password': expect.arrayContaining([expect.stringMatching(/^password must be/)]) }),
    ],
    [
      'a form, which has no objects',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'auth[email]=x' },
      invalid({ auth: ['auth must be an object'] }),
    ],
    ['broken JSON', { headers: json, body: '{"auth":' }, BROKEN_JSON],
    ['over 100 kB', { headers: json, body: `"${'x'.repeat(102_400)}"` }, TOO_LARGE],
    ['another media type', { headers: { 'content-type': 'text/plain' }, body: 'x' }, OTHER_TYPE],
    ['another method', { method: 'GET' }, takes('POST')],
  ])('is refused with %s', async (_, options: Outgoing, refusal) => {
    expect(told(await signIn(options))).toEqual(refusal);
  });
});
