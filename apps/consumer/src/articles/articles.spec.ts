import { json, type TestAnswer, TestServer } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ARTICLES,
  type ConsumerTestApp,
  createConsumerTestApp,
  passedOnTo,
} from '../testing/consumer.test-app.js';

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
  });

  it('logs in once, for all that ask and for the feed', async () => {
    const responses = await Promise.all(Array.from({ length: 500 }, () => app.get('/articles')));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(app.logins()).toBe(1);
  });

  it('answers HEAD as GET', async () => {
    const response = await fetch(`${app.url}/articles`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('is not sent again to who has it already', async () => {
    app.articles.answer = json(ARTICLES, 200, { ETag: 'W/"seen"' });
    const first = await app.get('/articles');
    expect([first.status, first.headers.get('etag')]).toEqual([200, 'W/"seen"']);
    const again = await app.get('/articles', undefined, { 'If-None-Match': '"else", W/"seen"' });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, 'W/"seen"', '']);
    expect((await app.get('/articles', undefined, { 'If-None-Match': 'W/"else"' })).status).toBe(200);
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
  it('is asked for with it', async () => {
    const token = app.issuer.tokenFor(CALLER);
    const response = await app.get('/articles', undefined, { authorization: `Bearer ${token}` });
    expect([response.status, await response.json()]).toEqual([200, ARTICLES]);
    expect(tokensSent()).toEqual([`Bearer ${token}`]);
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
  const UPSTREAM_FAILED = [502, 'upstream_failed'];
  const TIMED_OUT = [504, 'upstream_timeout'];

  const answeredInTime = async (): Promise<[number, string]> => {
    const start = performance.now();
    const given = await answer('/articles');
    expect(performance.now() - start).toBeLessThan(2_000);
    return given;
  };

  it.each([
    ['answers garbage', (_, response) => response.end('<p>'), UPSTREAM_FAILED],
    ['hangs up', (_, response) => response.destroy(), UPSTREAM_FAILED],
    ['is paused', () => undefined, TIMED_OUT],
    ['accepts no token of ours', json({}, 401), UPSTREAM_FAILED],
  ] satisfies [string, TestAnswer, unknown][])(
    'is told in time when articles %s',
    async (_, fault, expected) => {
      app.articles.answer = fault;
      expect(await answeredInTime()).toEqual(expected);
      app.articles.answer = json(ARTICLES);
      expect((await app.get('/articles', CALLER)).status).toBe(200);
    },
  );

  it('is told in time when articles is down', async () => {
    const { port } = app.articles;
    await app.articles.close();
    expect(await answeredInTime()).toEqual(UPSTREAM_FAILED);
    app.articles = await TestServer.start(json(ARTICLES), port);
    expect((await app.get('/articles', CALLER)).status).toBe(200);
  });

  it.each([
    ['is paused', () => undefined],
    ['hangs up', (_, response) => response.destroy()],
    ['knows no such client', json({ error: 'invalid_client' }, 401)],
    ['is busy', json({}, 503, { 'Retry-After': '1' })],
  ] satisfies [string, TestAnswer][])(
    'is told in time, as unavailable, when identity %s from the start: no revocation is known yet',
    async (_, fault) => {
      await app.close();
      app = await createConsumerTestApp({ identity: fault });
      expect(await answeredInTime()).toEqual([503, 'unavailable']);
      app.identity.answer = passedOnTo(app.issuer);
      await expect.poll(async () => (await app.get('/articles')).status, { timeout: 2_000 }).toBe(200);
    },
  );

  it('is not asked for again and again', async () => {
    app.articles.answer = () => undefined;
    await Promise.all(Array.from({ length: 10 }, (_, i) => app.get(`/articles?after=${i}`)));
    expect(await answer('/articles')).toEqual([503, 'unavailable']);
    app.articles.answer = json(ARTICLES);
    await expect.poll(async () => (await app.get('/articles')).status, { timeout: 3_000 }).toBe(200);
  });
});
