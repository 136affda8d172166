import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ANOTHER,
  type ArticlesTestApp,
  createArticlesTestApp,
  type TestRequest,
} from '../testing/articles.test-app.js';

describe('what articles refuses', () => {
  let app: ArticlesTestApp;

  beforeAll(async () => {
    app = await createArticlesTestApp();
  });
  afterAll(() => app.close());

  const refusal = async (method: string, path: string, options?: TestRequest): Promise<[number, string]> => {
    const response = await app.request(method, path, options);
    return [response.status, ((await response.json()) as { code: string }).code];
  };

  const READ_ONLY = { sub: 'usr_demo_reader', scope: 'articles:read' };
  const NO_SCOPE = { sub: 'usr_demo_reader', scope: 'account' };
  const SERVICE = { kind: 'service' };
  const STALE = { 'if-match': '"stale"' };

  it.each([
    ['GET', '/articles', 'articles:read'],
    ['GET', '/articles/1', 'articles:read'],
    ['POST', '/articles', 'articles:write'],
    ['PATCH', '/articles/1', 'articles:write'],
    ['DELETE', '/articles/1', 'articles:write'],
  ])(
    'is %s %s without a credential, with a bad one, and without the scope %s',
    async (method, path, scope) => {
      const none = await app.request(method, path, { as: null });
      expect(none.status).toBe(401);
      expect(none.headers.get('www-authenticate')).toMatch(
        /^Bearer realm="articles", resource_metadata="[^"]+"$/,
      );

      const bad = await app.request(method, path, { as: { exp: 1 } });
      expect(bad.status).toBe(401);
      expect(bad.headers.get('www-authenticate')).toContain('error="invalid_token"');

      const narrow = await app.request(method, path, { as: NO_SCOPE });
      expect(narrow.status).toBe(403);
      expect(narrow.headers.get('www-authenticate')).toContain(
        `error="insufficient_scope", scope="${scope}"`,
      );
    },
  );

  it('lets a service read, and write only with the scope', async () => {
    expect((await app.request('GET', '/articles', { as: SERVICE })).status).toBe(200);
    expect(await refusal('DELETE', '/articles/1', { as: SERVICE })).toEqual([403, 'insufficient_scope']);
  });

  it.each([
    ['405 before 401', 'PUT', '/articles', { as: null }, 405, 'method_not_allowed'],
    [
      '400 for what cannot be read before 401',
      'POST',
      '/articles',
      { as: null, body: '{"title"' },
      400,
      'malformed_request',
    ],
    [
      '401 before 400 for what is not valid',
      'POST',
      '/articles',
      { as: null, body: {} },
      401,
      'unauthenticated',
    ],
    ['401 before 404', 'GET', '/articles/99', { as: null }, 401, 'unauthenticated'],
    ['403 for the scope before 404', 'DELETE', '/articles/99', { as: READ_ONLY }, 403, 'insufficient_scope'],
    [
      '403 for the scope before 400',
      'PATCH',
      '/articles/1',
      { as: READ_ONLY, body: { title: 1 } },
      403,
      'insufficient_scope',
    ],
    ['400 before 404', 'PATCH', '/articles/99', { body: { title: 1 } }, 400, 'validation_failed'],
    ['404 before 412', 'PATCH', '/articles/99', { body: {}, headers: STALE }, 404, 'not_found'],
    [
      '403 for the owner before 412',
      'PATCH',
      '/articles/1',
      { as: ANOTHER, body: {}, headers: STALE },
      403,
      'forbidden',
    ],
    ['412 at last', 'PATCH', '/articles/1', { body: {}, headers: STALE }, 412, 'precondition_failed'],
  ] satisfies [string, string, string, TestRequest, number, string][])(
    'goes in order: %s',
    async (_, method, path, options, status, code) => {
      expect(await refusal(method, path, options)).toEqual([status, code]);
    },
  );

  it('says at which address to ask for a token', async () => {
    const response = await fetch(`${app.url}/.well-known/oauth-protected-resource`);
    expect(await response.json()).toMatchObject({
      resource: 'http://localhost:3001',
      authorization_servers: [app.identity.issuer],
      scopes_supported: ['articles:read', 'articles:write'],
    });
  });
});
