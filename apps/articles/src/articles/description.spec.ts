import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArticlesTestApp, createArticlesTestApp } from '../testing/articles.test-app.js';

describe('the description of articles', () => {
  let app: ArticlesTestApp;
  let document: { paths: Record<string, unknown>; components: { schemas: Record<string, unknown> } };

  beforeAll(async () => {
    app = await createArticlesTestApp();
    document = (await (await app.request('GET', '/openapi.json', { as: null })).json()) as typeof document;
  });
  afterAll(() => app.close());

  it('says what is taken, as it is checked', () => {
    expect(document.components.schemas).toMatchObject({
      CreateArticleDto: {
        required: ['title', 'body'],
        properties: {
          title: { type: 'string', minLength: 1, maxLength: 255 },
          body: { type: 'string', maxLength: 65_535 },
        },
      },
      UpdateArticleDto: { properties: { title: { minLength: 1 } } },
    });
    expect(document.components.schemas['UpdateArticleDto']).not.toHaveProperty('required');
  });

  it('says that forms are taken as well', async () => {
    const schema = { $ref: '#/components/schemas/CreateArticleDto' };
    const content = {
      'application/json': { schema },
      'application/x-www-form-urlencoded': { schema },
    };
    expect(document.paths['/articles']).toMatchObject({ post: { requestBody: { content } } });
    const body = 'title=a+title&body=a+body';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await app.request('POST', '/articles', { body, headers })).status).toBe(201);
  });

  it('says which conditions are heeded', () => {
    for (const [path, method, statuses] of [
      ['/articles', 'get', { 200: {}, 304: {}, 412: {} }],
      ['/articles', 'post', { 201: {}, 412: {} }],
      ['/articles/{id}', 'patch', { 200: {}, 412: {} }],
      ['/api/articles', 'get', { 200: {}, 304: {}, 412: {} }],
    ] as const) {
      expect(document.paths[path]).toMatchObject({ [method]: { responses: statuses } });
    }
    expect(document.paths).not.toHaveProperty(['/articles/{id}', 'patch', 'responses', '304']);
  });

  it('says what is given', () => {
    const schema = { $ref: '#/components/schemas/ArticleDto' };
    const list = { type: 'array', items: schema };
    expect(document.paths).toMatchObject({
      '/articles': {
        get: { responses: { 200: { content: { 'application/json': { schema: list } } } } },
        post: { responses: { 201: { content: { 'application/json': { schema } } } } },
      },
      '/articles/{id}': {
        get: {
          parameters: expect.arrayContaining([
            expect.objectContaining({ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }),
          ]),
        },
        delete: { security: [{ bearer: [] }], responses: { 204: {} } },
      },
    });
  });
});
