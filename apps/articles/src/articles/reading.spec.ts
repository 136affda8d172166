import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArticlesTestApp, createArticlesTestApp } from '../testing/articles.test-app.js';

describe.each(testDatabases())('reading articles on $name', ({ create }) => {
  let app: ArticlesTestApp;

  beforeAll(async () => {
    app = await createArticlesTestApp(create);
  });
  afterAll(() => app.close());

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    app.request('GET', path, { headers });

  it('lists the demo articles in order of id', async () => {
    const response = await get('/articles');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
    expect(await response.json()).toEqual([
      { id: 1, title: 'first article', body: 'first article body', created_at: time, updated_at: time },
      { id: 2, title: 'second article', body: 'second article body', created_at: time, updated_at: time },
    ]);
  });

  it('tells when it was made, to the millisecond', async () => {
    const [article] = (await (await get('/articles')).json()) as { created_at: string }[];
    expect(Math.abs(Date.now() - Date.parse(article!.created_at))).toBeLessThan(60_000);
  });

  it('lets only the private cache keep the list, and asks it to come back each time', async () => {
    const response = await get('/articles');
    expect(response.headers.get('cache-control')).toBe('max-age=0, private, must-revalidate');
    expect(response.headers.get('etag')).toMatch(/^W\/"[\w-]+"$/);
  });

  it('answers 304 to who has the list already', async () => {
    const tag = (await get('/articles')).headers.get('etag')!;
    for (const given of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
      const response = await get('/articles', { 'if-none-match': given });
      expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([304, tag, '']);
    }
    expect((await get('/articles', { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await get('/articles?limit=1', { 'if-none-match': tag })).status).toBe(200);
  });

  it('answers HEAD as GET, without the body', async () => {
    const response = await app.request('HEAD', '/articles');
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('etag')).toBe((await get('/articles')).headers.get('etag'));
  });

  it('tells no length of nothing, of what a 304 stands for (RFC 9110 §8.6)', async () => {
    for (const method of ['GET', 'HEAD']) {
      const response = await app.request(method, '/articles', { headers: { 'if-none-match': '*' } });
      expect([response.status, response.headers.get('content-length')]).toEqual([304, null]);
    }
    expect((await app.request('HEAD', '/articles')).headers.get('content-length')).toMatch(/^[1-9]\d+$/);
  });

  it('pages through by limit and after, with a link to the next page alone', async () => {
    const first = await get('/articles?limit=1&extra=a%26b');
    expect(first.headers.get('link')).toBe('</articles?limit=1&extra=a%26b&after=1>; rel="next"');
    expect(await first.json()).toMatchObject([{ id: 1 }]);
    const second = await get('/articles?limit=1&after=1');
    expect(second.headers.has('link')).toBe(false);
    expect(await second.json()).toMatchObject([{ id: 2 }]);
    expect(await (await get('/articles?after=2')).json()).toEqual([]);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=ten',
    'limit=',
    'limit=1&limit=2',
    'after=-1',
    'after=x',
    'after=1.5',
  ])('refuses ?%s', async (query) => {
    const response = await get(`/articles?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'validation_failed',
      errors: { [query.split('=')[0]!]: expect.arrayContaining([expect.any(String)]) as string[] },
    });
  });

  it('shows one article with a strong tag', async () => {
    const response = await get('/articles/1');
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toMatch(/^"[\w-]+"$/);
    expect(await response.json()).toMatchObject({ id: 1, title: 'first article' });
  });

  it('answers 304 to who has the article already, and 412 to who wants another state of it', async () => {
    const tag = (await get('/articles/1')).headers.get('etag')!;
    expect((await get('/articles/1', { 'if-none-match': tag })).status).toBe(304);
    expect((await get('/articles/1', { 'if-match': tag })).status).toBe(200);
    expect((await get('/articles/1', { 'if-match': '"other"' })).status).toBe(412);
  });

  it.each([
    '0',
    '3',
    '-1',
    '1.0',
    '01',
    '1e0',
    '0x1',
    '%201',
    'one',
    '99999999999999999999',
    '2147483648',
    '%F0%9F%98%80',
  ])('knows no article %s', async (id) => {
    const response = await get(`/articles/${id}`);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, 'not_found']);
  });
});
