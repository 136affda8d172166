import { inspect } from 'node:util';
import { json, type TestAnswer, TestServer } from '@gatehouse/testing';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from './caller.js';
import { IdentityClientModule } from './identity-client.module.js';
import { IdentityClient } from './identity.client.js';
import { createTestClient } from './testing/test.client.js';

let identity: TestServer;
let articles: TestServer;
let app: TestingModule;
let client: IdentityClient;
let logins: number;

const login: TestAnswer = (request, response) =>
  json({ access_token: `token-${++logins}`, token_type: 'Bearer', expires_in: 900 })(request, response);

const caller: Caller = {
  id: 'usr_1',
  token: 'caller-token',
  tokenId: 'jti',
  scopes: ['articles:read'],
  audience: ['gatehouse'],
  expiresAt: 4_000_000_000,
};

beforeEach(async () => {
  logins = 0;
  identity = await TestServer.start(login);
  articles = await TestServer.start(json([{ id: 1 }]));
  app = await Test.createTestingModule({
    imports: [
      IdentityClientModule.forRoot({
        identityUrl: identity.url,
        client: { id: 'consumer', secret: 'secret' },
        upstreams: { articles: `${articles.url}/api/` },
        forward: () => ({ 'X-Request-Id': 'r-1', 'Accept-Language': undefined }),
        maxAnswerSize: 1_000,
      }),
    ],
  }).compile();
  client = app.get(IdentityClient);
});

afterEach(async () => {
  await app.close();
  await Promise.all([identity.close(), articles.close()]);
});

const list = (options = {}): Promise<unknown> =>
  client.get('articles', '/articles', options).then(({ data }) => data);
const authorizations = (): unknown[] => articles.requests.map(({ headers }) => headers.authorization);

describe('a call', () => {
  it('is made as the service, one login for all', async () => {
    await Promise.all(Array.from({ length: 50 }, () => list()));
    expect(new Set(authorizations())).toEqual(new Set(['Bearer token-1']));
    expect(logins).toBe(1);
  });

  it("is made for a caller with the caller's own token, and no login", async () => {
    expect(await list({ caller })).toEqual([{ id: 1 }]);
    expect(authorizations()).toEqual(['Bearer caller-token']);
    expect(logins).toBe(0);
  });

  it('takes the query and the headers of the request at hand along', async () => {
    await list({ caller, query: { limit: 2, after: undefined, q: 'a&b' } });
    expect(articles.requests[0]).toMatchObject({
      method: 'GET',
      url: '/api/articles?limit=2&q=a%26b',
      headers: { 'x-request-id': 'r-1', accept: 'application/json' },
    });
    expect(articles.requests[0]?.headers).not.toHaveProperty('accept-language');
  });

  it('sends a body as JSON', async () => {
    articles.answer = (_, response) => response.writeHead(204).end();
    const answer = await client.post('articles', '/articles', { title: 'a' }, { caller });
    expect(answer).toMatchObject({ status: 204, data: undefined });
    expect(articles.requests[0]).toMatchObject({
      body: '{"title":"a"}',
      headers: { 'content-type': 'application/json' },
    });
  });

  it.each(['/../admin', '/%2e%2e/admin', '@127.0.0.1:1/', '.evil/', '/a?b', '/a#b', '/a b', 'a'])(
    'never leaves its base URL: %s',
    async (path) => {
      await expect(client.get('articles', path, { caller })).rejects.toThrow(TypeError);
      expect(articles.requests).toEqual([]);
    },
  );

  it('goes to no service that is not configured', async () => {
    await expect(client.get('other', '/', { caller })).rejects.toThrow('No upstream "other" is configured.');
    await expect(client.get('constructor', '/', { caller })).rejects.toThrow('No upstream');
  });
});

describe('a service token that is refused', () => {
  it('is renewed once, by one login, and the call repeated', async () => {
    articles.answer = (request, response) =>
      (request.headers.authorization === 'Bearer token-1' ? json({}, 401) : json([]))(request, response);
    const answers = await Promise.all(Array.from({ length: 20 }, () => list()));
    expect(answers.flat()).toEqual([]);
    expect(logins).toBe(2);
  });

  it('is not renewed for ever', async () => {
    articles.answer = json({}, 401);
    for (let call = 0; call < 3; call += 1)
      await expect(list()).rejects.toMatchObject({ code: 'upstream_failed' });
    expect(logins).toBe(2);
  });
});

describe('a refusal', () => {
  it.each([
    [401, {}, 'invalid_token', 'upstream_failed'],
    [403, { code: 'insufficient_scope' }, 'insufficient_scope', 'upstream_failed'],
    [403, 'something else', 'forbidden', 'upstream_failed'],
    [404, {}, 'not_found', 'upstream_failed'],
    [302, {}, 'upstream_failed', 'upstream_failed'],
    [400, {}, 'upstream_failed', 'upstream_failed'],
    [500, {}, 'upstream_failed', 'upstream_failed'],
    [502, {}, 'upstream_failed', 'upstream_failed'],
    [503, {}, 'unavailable', 'unavailable'],
    [504, {}, 'upstream_timeout', 'upstream_timeout'],
  ])('%i %j is told a caller as %s, and else is %s', async (status, body, forCaller, forService) => {
    articles.answer = json(body, status);
    await expect(list({ caller })).rejects.toMatchObject({ code: forCaller });
    await expect(list()).rejects.toMatchObject({ code: forService });
  });

  it('of a caller comes with its challenge', async () => {
    const challenge = 'Bearer realm="articles", error="invalid_token"';
    articles.answer = json({}, 401, { 'WWW-Authenticate': challenge });
    await expect(list({ caller })).rejects.toMatchObject({ headers: { 'WWW-Authenticate': challenge } });
  });

  it.each([
    ['7', '7'],
    ['86400', '60'],
    ['soon', '1'],
  ])('with Retry-After: %s asks the caller to wait %s seconds', async (told, expected) => {
    articles.answer = json({}, 503, { 'Retry-After': told });
    await expect(list({ caller })).rejects.toMatchObject({ headers: { 'Retry-After': expected } });
  });
});

describe('an upstream that misbehaves', () => {
  const page =
    (type: string, body: string): TestAnswer =>
    (_, response) =>
      response.writeHead(200, { 'Content-Type': type }).end(body);

  it.each([
    ['answers a page', page('text/html', '<p>hello'), 'upstream_failed'],
    ['answers half a document', page('application/json', '[{"id":1'), 'upstream_failed'],
    ['answers nothing', page('application/json', ''), 'upstream_failed'],
    ['answers too much', page('application/json', JSON.stringify('x'.repeat(2_000))), 'upstream_failed'],
    ['hangs up', (_, response) => response.destroy(), 'upstream_failed'],
    [
      'hangs up within the body',
      (_, response) => response.writeHead(200, { 'Content-Length': 9 }).write('[', () => response.destroy()),
      'upstream_failed',
    ],
    ['speaks no HTTP', (_, response) => response.socket?.end('hello\r\n\r\n'), 'upstream_failed'],
    ['never answers', () => undefined, 'upstream_timeout'],
    ['never ends its body', (_, response) => response.writeHead(200).write('['), 'upstream_timeout'],
  ] satisfies [string, TestAnswer, string][])('and %s', async (_, answer, code) => {
    articles.answer = answer;
    await expect(list({ caller })).rejects.toMatchObject({ code });
  });

  it('and is down, is found again when it is back', async () => {
    const { port, url } = articles;
    await list({ caller });
    await articles.close();
    await expect(list({ caller })).rejects.toMatchObject({
      code: 'upstream_failed',
      cause: { message: `the request to ${url} ended with ECONNREFUSED` },
    });
    articles = await TestServer.start(json([]), port);
    expect(await list({ caller })).toEqual([]);
  });

  it('cannot send the credential elsewhere', async () => {
    const elsewhere = await TestServer.start(json([]));
    articles.answer = json({}, 307, { Location: elsewhere.url });
    await expect(list({ caller })).rejects.toMatchObject({ code: 'upstream_failed', upstreamStatus: 307 });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it('leaves no credential in the error', async () => {
    for (const answer of [json({}, 500), page('text/html', ''), () => undefined] satisfies TestAnswer[]) {
      articles.answer = answer;
      const error = await list({ caller }).catch((error: unknown) => error);
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('caller-token');
    }
  });
});

describe('the deadline', () => {
  it('may be longer for an upstream that is known to be slow', async () => {
    const slow = await createTestClient({ deadline: 50 }, { open: true, deadline: 5_000 });
    slow.articles.answer = (request, response) => setTimeout(() => json([])(request, response), 100);
    expect((await slow.client.get('articles', '/articles')).data).toEqual([]);
    await slow.close();
  });

  it('counts the login in', async () => {
    identity.answer = () => undefined;
    await expect(list()).rejects.toMatchObject({ code: 'upstream_timeout' });
  });
});

describe('the options', () => {
  it.each(['ftp://localhost', 'http://user:pass@localhost', 'http://localhost?a=b', 'localhost'])(
    'refuse a base URL of %s',
    async (url) => {
      const module = IdentityClientModule.forRoot({ identityUrl: url, client: { id: 'a', secret: 'b' } });
      await expect(Test.createTestingModule({ imports: [module] }).compile()).rejects.toThrow(TypeError);
    },
  );
});
