import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { type Outgoing, send } from '../harness/http.js';
import { ADMIN, READER, tokenFor } from '../harness/sign-in.js';

interface Article {
  id: number;
  title: string;
  body: string;
}

describe.each(testDatabases())('door 2, the articles, on $name', (kind) => {
  let gatehouse: Gatehouse;
  let reader: string;
  let admin: string;
  const call = (path: string, outgoing: Outgoing = {}) =>
    send(gatehouse.articles + path, { bearer: reader, ...outgoing });
  const create = async (title: string, bearer = reader) =>
    (await call('/articles', { method: 'POST', bearer, body: { title, body: 'text' } })).json<Article>();

  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
    reader = await tokenFor(gatehouse.identity, READER);
    admin = await tokenFor(gatehouse.identity, ADMIN);
  });
  afterAll(() => gatehouse?.stop());

  it('challenges who brings no credential, and says where to learn more', async () => {
    const answer = await send(`${gatehouse.articles}/articles`);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="[^"]+", resource_metadata="[^"]+"$/);
    expect(answer.json()).toMatchObject({ code: 'unauthenticated', status: 401 });
    const [, metadata] = /resource_metadata="([^"]+)"/.exec(answer.headers['www-authenticate']!)!;
    const described = await send(metadata!);
    expect(described.json()).toMatchObject({ authorization_servers: [expect.any(String)] });
  });

  it('serves the array that the old API served, in order of id', async () => {
    const answer = await call('/articles');
    expect(answer.status).toBe(200);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(answer.json<Article[]>().slice(0, 2)).toEqual([
      { id: 1, title: 'first article', body: 'first article body', created_at: time, updated_at: time },
      { id: 2, title: 'second article', body: 'second article body', created_at: time, updated_at: time },
    ]);
    expect(answer.headers['etag']).toMatch(/^W\/"/);
    expect(answer.headers['cache-control']).toBe('max-age=0, private, must-revalidate');
  });

  it('answers HEAD as GET, without the body', async () => {
    const [got, headed] = [await call('/articles'), await call('/articles', { method: 'HEAD' })];
    expect(headed.status).toBe(200);
    expect(headed.text).toBe('');
    expect(headed.headers['etag']).toBe(got.headers['etag']);
    expect(headed.headers['content-type']).toBe(got.headers['content-type']);
    expect((await send(`${gatehouse.articles}/articles`, { method: 'HEAD' })).status).toBe(401);
  });

  it('answers 304 to who has the list already, and 200 once it changed', async () => {
    const etag = (await call('/articles')).headers['etag']!;
    const again = await call('/articles', { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([again.status, again.text]).toEqual([304, '']);
    expect(again.headers['etag']).toBe(etag);
    await create('a change');
    expect((await call('/articles', { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  it('pages through by a link to the next', async () => {
    const first = await call('/articles?limit=1');
    expect(first.json<Article[]>().map((article) => article.id)).toEqual([1]);
    const [, next] = /^<([^>]+)>; rel="next"$/.exec(String(first.headers['link']))!;
    const second = await send(new URL(next!, `${gatehouse.articles}/articles`).href, { bearer: reader });
    expect(second.json<Article[]>().map((article) => article.id)).toEqual([2]);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'limit=',
    'limit=1&limit=2',
    'after=-1',
    'after=1.5',
    'after=x',
  ])('refuses ?%s', async (query) => {
    const answer = await call(`/articles?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'validation_failed', errors: expect.any(Object) });
  });

  it('creates an article, tells where it is, and serves it there', async () => {
    const answer = await call('/articles', {
      method: 'POST',
      body: { article: { title: 'wrapped', body: 'text' } },
    });
    expect(answer.status).toBe(201);
    const created = answer.json<Article>();
    expect(created).toMatchObject({ title: 'wrapped', body: 'text' });
    const place = new URL(answer.headers['location']!, gatehouse.articles);
    expect(place.pathname).toBe(`/articles/${created.id}`);
    const read = await call(place.pathname);
    expect(read.json()).toEqual(created);
    expect(read.headers['etag']).toMatch(/^"/);
  });

  it.each([
    ['no title', { body: 'text' }],
    ['an empty title', { title: '', body: 'text' }],
    ['a title too long', { title: 'x'.repeat(256), body: 'text' }],
    ['a title that is no text', { title: 7, body: 'text' }],
    ['a list', []],
  ])('refuses an article with %s', async (_, body) => {
    const answer = await call('/articles', { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({
      code: expect.stringMatching(/^(validation_failed|malformed_request)$/),
    });
  });

  it('changes an article only in the state that the caller has seen', async () => {
    const path = `/articles/${(await create('to change')).id}`;
    const etag = (await call(path)).headers['etag']!;
    const patch = (match: string) =>
      call(path, { method: 'PATCH', headers: { 'if-match': match }, body: { title: 'new' } });
    expect((await patch(`W/${etag}`)).status).toBe(412);
    expect((await patch('"stale"')).json()).toMatchObject({ code: 'precondition_failed' });
    const changed = await patch(etag);
    expect(changed.status).toBe(200);
    expect(changed.json()).toMatchObject({ title: 'new', body: 'text' });
    expect((await patch(etag)).status).toBe(412);
    expect((await patch('*')).status).toBe(200);
  });

  it('deletes an article', async () => {
    const path = `/articles/${(await create('to delete')).id}`;
    const answer = await call(path, { method: 'DELETE' });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await call(path)).status).toBe(404);
    expect((await call(path, { method: 'DELETE' })).json()).toMatchObject({ code: 'not_found' });
  });

  it("lets nobody but the author and an admin touch an article: 403 for another's", async () => {
    const path = `/articles/${(await create("the admin's", admin)).id}`;
    for (const method of ['PATCH', 'DELETE']) {
      const answer = await call(path, { method, body: { title: 'mine now' } });
      expect(answer.status).toBe(403);
      expect(answer.json()).toMatchObject({ code: 'forbidden' });
    }
    expect((await call(path, { method: 'DELETE', bearer: admin })).status).toBe(204);
    const other = `/articles/${(await create("the reader's")).id}`;
    expect((await call(other, { method: 'PATCH', bearer: admin, body: { title: 'moderated' } })).status).toBe(
      200,
    );
  });

  it.each(['abc', '0', '-1', '1.0', '1e3', '99999999999999999999', '%00'])(
    'knows no article %s',
    async (id) => {
      const answer = await call(`/articles/${id}`);
      expect(answer.status).toBe(404);
      expect(answer.json()).toMatchObject({ code: 'not_found' });
    },
  );

  it('tells what a path allows before it asks who calls', async () => {
    const answer = await send(`${gatehouse.articles}/articles`, { method: 'PUT' });
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']!.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST']);
    expect(answer.json()).toMatchObject({ code: 'method_not_allowed' });
  });

  it("keeps the caller's request id where it is one, and makes one where it is not", async () => {
    const kept = await call('/articles', { headers: { 'x-request-id': 'abc-123_4.5' } });
    expect(kept.headers['x-request-id']).toBe('abc-123_4.5');
    const refused = await send(`${gatehouse.articles}/nowhere`, { headers: { 'x-request-id': 'not an id' } });
    expect(refused.headers['x-request-id']).toMatch(/^[A-Za-z0-9._-]{1,128}$/);
    expect(refused.json()).toMatchObject({ request_id: refused.headers['x-request-id'] });
  });
});
