import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ANOTHER,
  type ArticlesTestApp,
  createArticlesTestApp,
  READER,
} from '../testing/articles.test-app.js';

describe('GET /api/articles', () => {
  let app: ArticlesTestApp;
  let key: string;
  beforeAll(async () => {
    app = await createArticlesTestApp();
    key = app.identity.apiKeyFor(READER);
  });
  afterAll(() => app.close());

  const statusWith = async (path: string, options: Parameters<ArticlesTestApp['request']>[2]) =>
    (await app.request('GET', path, options)).status;

  it('lists the articles to an API key and a token of the same user', async () => {
    const answer = await app.request('GET', '/api/articles?limit=1', { headers: { ApiKey: key } });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject([{ id: 1, title: 'first article' }]);
    expect(answer.headers.get('link')).toContain('/api/articles?');
  });

  it('is closed to one without the other, and to those of two users', async () => {
    expect(await statusWith('/api/articles', {})).toBe(401);
    expect(await statusWith('/api/articles', { as: null, headers: { ApiKey: key } })).toBe(401);
    expect(await statusWith('/api/articles', { as: ANOTHER, headers: { ApiKey: key } })).toBe(401);
    expect(await statusWith('/api/articles', { headers: { ApiKey: 'ghk_0000000000000000' } })).toBe(401);
  });

  it('takes both in the query string outside production', async () => {
    const token = app.identity.tokenFor(READER);
    expect(await statusWith(`/api/articles?token=${token}&apikey=${key}`, { as: null })).toBe(200);
    expect(await statusWith(`/articles?token=${token}&apikey=${key}`, { as: null })).toBe(401);
  });
});

describe('GET /api/articles in production', () => {
  it('ignores what the query carries, and is open to the headers', async () => {
    const app = await createArticlesTestApp(undefined, {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://articles.example.com',
      CLIENT_ID: 'articles',
      CLIENT_SECRET: 'a-secret-of-production-that-is-long-enough',
    });
    const [token, key] = [app.identity.tokenFor(READER), app.identity.apiKeyFor(READER)];
    const statusWith = async (query: string, headers: Record<string, string> = {}) =>
      (await app.request('GET', `/api/articles${query}`, { as: null, headers })).status;
    const [ApiKey, authorization] = [key, `Bearer ${token}`];
    const statuses = [
      await statusWith(`?token=${token}&apikey=${key}`),
      await statusWith(`?token=${token}`, { ApiKey }),
      await statusWith(`?apikey=${key}`, { authorization }),
      await statusWith('', { ApiKey, authorization }),
      await statusWith('?token=x&apikey=x', { ApiKey, authorization }),
    ];
    await app.close();
    expect(statuses).toEqual([401, 401, 401, 200, 200]);
  });
});
