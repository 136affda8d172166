import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, type TestAnswer } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ARTICLES, type ConsumerTestApp, createConsumerTestApp } from '../testing/consumer.test-app.js';

const ALICE = { sub: 'usr_alice', sid: 'ses_alice' };
const BOB = { sub: 'usr_bob', sid: 'ses_bob' };

/** Tells whose token it was asked with. */
const byToken: TestAnswer = (request, response) => {
  const [, claims] = request.headers.authorization!.split('.');
  const { sub } = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as { sub: string };
  return json([{ ...ARTICLES[0], title: sub }])(request, response);
};

let app: ConsumerTestApp;

beforeEach(async () => {
  app = await createConsumerTestApp({ env: { CACHE_FRESH: '1m', CACHE_STALE_IF_ERROR: '1m' } });
  app.articles.answer = byToken;
});
afterEach(() => app.close());

const asked = (): number => app.articles.requests.length;
const titleFor = async (as?: object): Promise<string> =>
  ((await (await app.get('/articles', as)).json()) as { title: string }[])[0]!.title;

describe('what consumer keeps', () => {
  it('is given again with its age, however many ask', async () => {
    const responses = await Promise.all(Array.from({ length: 500 }, () => app.get('/articles')));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect([asked(), app.logins()]).toEqual([1, 1]);
    const again = await app.get('/articles');
    expect(again.headers.get('age')).toMatch(/^\d+$/);
    expect(again.headers.get('cache-status')).toMatch(/^consumer; hit; ttl=\d+$/);
    expect(again.headers.get('cache-control')).toBe('max-age=0, private, must-revalidate');
  });

  it('is given to nobody else', async () => {
    for (let round = 0; round < 2; round += 1) {
      expect(await titleFor(ALICE)).toBe('usr_alice');
      expect(await titleFor(BOB)).toBe('usr_bob');
      expect(await titleFor()).toBe('consumer');
    }
    expect(asked()).toBe(3);
  });

  it('is given to no forged and no expired caller', async () => {
    await titleFor(ALICE);
    const [header, payload] = app.issuer.tokenFor(ALICE).split('.') as [string, string];
    const [, , signature] = app.issuer.tokenFor(BOB).split('.') as [string, string, string];
    const authorization = `Bearer ${header}.${payload}.${signature}`;
    for (const refused of [
      await app.get('/articles', undefined, { authorization }),
      await app.get('/articles', { ...ALICE, exp: 1 }),
    ]) {
      expect(refused.status).toBe(401);
      expect(await refused.text()).not.toContain('usr_alice');
      expect(refused.headers.has('cache-status')).toBe(false);
    }
  });

  it('ends with the session it was kept for, within a second', async () => {
    await titleFor(ALICE);
    await titleFor(BOB);
    app.issuer.feed.revoke({ kind: 'session', id: ALICE.sid, expires_at: 4_000_000_000 });
    await expect.poll(async () => (await app.get('/articles', ALICE)).status, { timeout: 1_000 }).toBe(401);
    expect(await titleFor({ ...ALICE, sid: 'ses_next' })).toBe('usr_alice');
    expect(await titleFor(BOB)).toBe('usr_bob');
    expect(asked()).toBe(3);
  });

  it('is counted', async () => {
    await app.get('/articles');
    await app.get('/articles');
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toContain('upstream_cache_answers_total{upstream="articles",outcome="miss"} 1');
    expect(metrics).toContain('upstream_cache_answers_total{upstream="articles",outcome="hit"} 1');
  });
});

describe('what consumer kept', () => {
  it('stands in while articles is away', async () => {
    await app.close();
    app = await createConsumerTestApp({ env: { CACHE_FRESH: '0s', CACHE_STALE_IF_ERROR: '1m' } });
    await app.get('/articles');
    await app.articles.close();
    const response = await app.get('/articles');
    expect([response.status, await response.json()]).toEqual([200, ARTICLES]);
    expect(response.headers.get('cache-status')).toContain('detail=stale-if-error');
    expect((await app.get('/articles?limit=1')).status).toBe(502);
  });
});

describe('a rotated secret', () => {
  it('is taken up at the next login, without a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
    const file = join(folder, 'secret');
    await writeFile(file, 'first');
    await app.close();
    app = await createConsumerTestApp({ env: { CLIENT_SECRET_FILE: file } });
    await writeFile(file, 'second');
    await app.get('/articles');
    app.articles.answer = (request, response) =>
      json(ARTICLES, app.articles.requests.length === 2 ? 401 : 200)(request, response);
    await app.get('/articles');
    const logins = app.identity.requests.filter(({ url }) => url === '/oauth/token');
    const secrets = logins.map(({ headers }) => atob(headers.authorization!.slice('Basic '.length)));
    expect(secrets).toEqual(['consumer:first', 'consumer:second']);
    await rm(folder, { recursive: true });
  });
});
