import { json, type TestAnswer } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ARTICLES, type ConsumerTestApp, createConsumerTestApp } from '../testing/consumer.test-app.js';

let app: ConsumerTestApp;

beforeEach(async () => {
  app = await createConsumerTestApp();
});
afterEach(() => app.close());

const CALLER = { sub: 'usr_reader' };
const answer = async (path: string, as?: object): Promise<[number, string]> => {
  const response = await app.get(path, as);
  return [response.status, ((await response.json()) as { code: string }).code];
};
const tokensSent = (): (string | undefined)[] =>
  app.articles.requests.map(({ headers }) => headers.authorization);

describe('GET /articles without a credential', () => {
  it('gives what articles gives to this service', async () => {
    const response = await app.get('/articles');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toEqual(ARTICLES);
    expect(app.logins()).toBe(1);
  });

  it('logs in once, however many ask at once', async () => {
    const responses = await Promise.all(Array.from({ length: 500 }, () => app.get('/articles')));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(app.logins()).toBe(1);
  });

  it('answers HEAD as GET', async () => {
    const response = await fetch(`${app.url}/articles`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('renews its token once when it is refused', async () => {
    await app.get('/articles');
    const [refused] = tokensSent();
    app.articles.answer = (request, response) =>
      (request.headers.authorization === refused ? json({}, 401) : json(ARTICLES))(request, response);
    expect((await app.get('/articles')).status).toBe(200);
    expect(app.logins()).toBe(2);
  });
});

describe('GET /articles with a credential', () => {
  it('is asked for with it, and no login', async () => {
    const token = app.issuer.tokenFor(CALLER);
    const response = await app.get('/articles', undefined, { authorization: `Bearer ${token}` });
    expect([response.status, await response.json()]).toEqual([200, ARTICLES]);
    expect(tokensSent()).toEqual([`Bearer ${token}`]);
    expect(app.logins()).toBe(0);
  });

  it.each([
    ['expired', { exp: 1 }],
    ['of another issuer', { iss: 'https://elsewhere.example' }],
    ['for another audience', { aud: ['elsewhere'] }],
  ])('is 401 when it is %s, and never asked for as this service', async (_, claims) => {
    const response = await app.get('/articles', claims);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Bearer realm="consumer"');
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(app.articles.requests).toEqual([]);
    expect(app.logins()).toBe(0);
  });

  it.each(['garbage', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'])('is 401 when it is %s', async (token) => {
    const response = await app.get('/articles', undefined, { authorization: `Bearer ${token}` });
    expect(response.status).toBe(401);
    expect(app.articles.requests).toEqual([]);
  });
});

describe('what goes along', () => {
  it('is the request id, the trace and the language', async () => {
    const headers = {
      'x-request-id': 'from-the-caller',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'accept-language': 'fr-CH, fr;q=0.9',
    };
    const response = await app.get('/articles', undefined, headers);
    expect(response.headers.get('x-request-id')).toBe('from-the-caller');
    expect(app.articles.requests[0]?.headers).toMatchObject(headers);
    expect(app.identity.requests.find(({ method }) => method === 'POST')?.headers).toMatchObject(headers);
  });

  it('is a new request id where the caller gave none', async () => {
    const response = await app.get('/articles');
    expect(app.articles.requests[0]?.headers['x-request-id']).toBe(response.headers.get('x-request-id'));
  });

  it('is the paging, checked', async () => {
    app.articles.answer = json(ARTICLES, 200, { Link: '</articles?limit=1&after=1>; rel="next"' });
    const response = await app.get('/articles?limit=1&after=0&extra=1');
    expect(app.articles.requests[0]?.url).toBe('/articles?limit=1&after=0');
    expect(response.headers.get('link')).toBe('<?limit=1&after=1>; rel="next"');
    expect(await answer('/articles?limit=1000')).toEqual([400, 'validation_failed']);
    expect(app.articles.requests).toHaveLength(1);
  });
});

describe('what articles refuses', () => {
  it.each([
    [401, {}, [401, 'invalid_token'], [502, 'upstream_failed']],
    [403, { code: 'insufficient_scope' }, [403, 'insufficient_scope'], [502, 'upstream_failed']],
    [403, { code: 'forbidden' }, [403, 'forbidden'], [502, 'upstream_failed']],
    [404, {}, [404, 'not_found'], [502, 'upstream_failed']],
    [500, {}, [502, 'upstream_failed'], [502, 'upstream_failed']],
    [503, {}, [503, 'unavailable'], [503, 'unavailable']],
    [302, {}, [502, 'upstream_failed'], [502, 'upstream_failed']],
  ])(
    'with %i is told to a caller, and hidden from who is none',
    async (status, body, forCaller, forNobody) => {
      app.articles.answer = json(body, status, { 'Retry-After': '7' });
      expect(await answer('/articles', CALLER)).toEqual(forCaller);
      expect(await answer('/articles')).toEqual(forNobody);
    },
  );

  it('as too busy comes with its Retry-After', async () => {
    app.articles.answer = json({}, 503, { 'Retry-After': '7' });
    expect((await app.get('/articles')).headers.get('retry-after')).toBe('7');
  });
});

describe('what goes wrong', () => {
  const garbage: TestAnswer = (_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>');

  it.each([
    ['articles answers garbage', () => (app.articles.answer = garbage), [502, 'upstream_failed']],
    [
      'articles hangs up',
      () => (app.articles.answer = (_, response) => response.destroy()),
      [502, 'upstream_failed'],
    ],
    ['articles is down', () => app.articles.close(), [502, 'upstream_failed']],
    ['articles is paused', () => (app.articles.answer = () => undefined), [504, 'upstream_timeout']],
    ['identity is paused', () => (app.identity.answer = () => undefined), [504, 'upstream_timeout']],
    ['identity is down', () => app.identity.close(), [502, 'upstream_failed']],
    [
      'identity knows no such client',
      () => (app.identity.answer = json({ error: 'invalid_client' }, 401)),
      [502, 'upstream_failed'],
    ],
  ] satisfies [string, () => unknown, [number, string]][])(
    'because %s is answered within two seconds',
    async (_, fault, expected) => {
      await fault();
      const start = performance.now();
      expect(await answer('/articles')).toEqual(expected);
      expect(performance.now() - start).toBeLessThan(2_000);
    },
  );

  it('is over as soon as articles is back', async () => {
    app.articles.answer = () => undefined;
    expect(await answer('/articles', CALLER)).toEqual([504, 'upstream_timeout']);
    app.articles.answer = json(ARTICLES);
    expect((await app.get('/articles', CALLER)).status).toBe(200);
  });
});
