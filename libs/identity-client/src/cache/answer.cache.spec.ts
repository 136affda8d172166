import { DomainError } from '@gatehouse/contracts';
import { json, type TestAnswer } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callerOf, createTestClient, type TestClient } from '../testing/test.client.js';
import { testStores } from '../testing/test.stores.js';
import type { UpstreamAnswer } from '../upstream/upstream.answer.js';

const TIMES = { fresh: 10, staleIfError: 60 };
const ALICE = callerOf('usr_alice');
const BOB = callerOf('usr_bob');

// On a machine so busy that Valkey takes longer than its deadline, answers are not kept, as they should not be.
const ON_A_BUSY_MACHINE = { retry: 3 };

describe.each(testStores(1))('answers kept in $name', ON_A_BUSY_MACHINE, ({ create }) => {
  let test: TestClient;
  let redisUrl: string | undefined;
  let outcomes: string[];
  /** What articles answers: changing it changes its tag. */
  let articles: string[];

  const articlesAnswer: TestAnswer = (request, response) => {
    const tag = `"${articles.join()}"`;
    const headers = { ETag: tag, 'Cache-Control': 'max-age=0, private, must-revalidate' };
    return json(articles, request.headers['if-none-match'] === tag ? 304 : 200, headers)(request, response);
  };

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    [articles, outcomes] = [['one'], []];
    redisUrl = await create();
    test = await createTestClient({
      redisUrl,
      onCacheOutcome: (upstream, outcome) => outcomes.push(`${upstream} ${outcome}`),
    });
    test.articles.answer = articlesAnswer;
  });
  afterEach(async () => {
    vi.useRealTimers();
    await test.close();
  });

  const get = (options: object = {}): Promise<UpstreamAnswer<string[]>> =>
    test.client.get<string[]>('articles', '/articles', { cache: TIMES, ...options });
  const wait = (seconds: number): void => void vi.setSystemTime(Date.now() + seconds * 1_000);
  const asked = (): number => test.articles.requests.length;

  describe('an answer that is kept', () => {
    it('is given again while it is fresh, against what the upstream says', async () => {
      expect((await get()).headers).toMatchObject({
        age: '0',
        'cache-status': 'consumer; fwd=miss; fwd-status=200; ttl=10',
      });
      wait(9);
      const again = await get();
      expect(again.data).toEqual(['one']);
      expect(again.headers).toMatchObject({
        age: '9',
        'cache-status': 'consumer; hit; ttl=1',
        etag: '"one"',
      });
      expect(asked()).toBe(1);
    });

    it('is asked about when it is not fresh any more, and kept when nothing changed', async () => {
      await get();
      wait(11);
      const confirmed = await get();
      expect(confirmed.data).toEqual(['one']);
      expect(confirmed.headers).toMatchObject({
        age: '0',
        'cache-status': 'consumer; fwd=stale; fwd-status=304; ttl=10',
      });
      expect(test.articles.requests[1]?.headers['if-none-match']).toBe('"one"');
      wait(9);
      expect((await get()).headers['cache-status']).toBe('consumer; hit; ttl=1');
      expect(asked()).toBe(2);
    });

    it('is replaced when something did', async () => {
      await get();
      articles = ['two'];
      wait(11);
      expect((await get()).data).toEqual(['two']);
      expect((await get()).data).toEqual(['two']);
      expect(asked()).toBe(2);
    });

    it('is asked for once, however many ask at the same moment', async () => {
      const answers = await Promise.all(Array.from({ length: 500 }, () => get()));
      expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['["one"]']));
      expect(answers.filter(({ headers }) => headers['cache-status']!.includes('collapsed'))).toHaveLength(
        499,
      );
      wait(11);
      await Promise.all(Array.from({ length: 500 }, () => get()));
      expect(asked()).toBe(2);
      expect(test.identity.requests).toHaveLength(1);
    });

    it('is counted', async () => {
      await get();
      await get();
      wait(11);
      await get();
      expect(outcomes).toEqual(['articles miss', 'articles hit', 'articles revalidated']);
    });

    it('is another for another path, query, scope, role or audience', async () => {
      await get({ caller: ALICE });
      await get({ caller: ALICE, query: { limit: 1 } });
      await get({ caller: { ...ALICE, scopes: ['articles:read', 'admin'] } });
      await get({ caller: { ...ALICE, roles: ['admin'] } });
      await get({ caller: { ...ALICE, audience: ['gatehouse', 'other'] } });
      await test.client.get('articles', '/other', { caller: ALICE, cache: TIMES });
      expect(asked()).toBe(6);
    });

    it('is the same for another token of the same powers', async () => {
      await get({ caller: { ...ALICE, scopes: ['a', 'b'] } });
      await get({ caller: { ...ALICE, scopes: ['b', 'a'], token: 'another', tokenId: 'another' } });
      expect(asked()).toBe(1);
    });

    it('is another where the upstream says that it depends on the language', async () => {
      let language = 'de';
      await test.close();
      test = await createTestClient({
        redisUrl,
        forward: () => ({ 'Accept-Language': language, 'X-Request-Id': 'r' }),
      });
      test.articles.answer = (request, response) =>
        json([request.headers['accept-language']], 200, { Vary: 'Accept-Language' })(request, response);
      expect((await get()).data).toEqual(['de']);
      language = 'fr';
      expect((await get()).data).toEqual(['fr']);
      expect((await get()).data).toEqual(['fr']);
      expect(asked()).toBe(2);
    });
  });

  describe('an answer that is not kept', () => {
    it('is any without times', async () => {
      await get({ cache: undefined });
      await get({ cache: undefined });
      expect(asked()).toBe(2);
    });

    it('is one that must not be stored', async () => {
      test.articles.answer = json(['secret'], 200, { 'Cache-Control': 'private, no-store' });
      await get();
      expect((await get()).data).toEqual(['secret']);
      await Promise.all([get(), get()]);
      expect(asked()).toBe(4);
    });

    it.each([400, 401, 403, 404, 500, 503])('is an error of %i', async (status) => {
      test.articles.answer = json({}, status, { 'Retry-After': '1' });
      await expect(get({ caller: ALICE })).rejects.toBeInstanceOf(DomainError);
      test.articles.answer = articlesAnswer;
      expect((await get({ caller: ALICE })).data).toEqual(['one']);
    });

    it('is garbage', async () => {
      test.articles.answer = (_, response) => response.end('<p>');
      await expect(get()).rejects.toMatchObject({ code: 'upstream_failed' });
      test.articles.answer = articlesAnswer;
      expect((await get()).data).toEqual(['one']);
    });

    it('is a refusal, also of another token of the same caller that was on its way first', async () => {
      const answer = Promise.withResolvers<void>();
      test.articles.answer = async (request, response) => {
        await answer.promise;
        const revoked = request.headers.authorization === 'Bearer revoked';
        await json(['one'], revoked ? 401 : 200)(request, response);
      };
      const revoked = get({ caller: { ...ALICE, token: 'revoked' } });
      await expect.poll(asked).toBe(1);
      const good = get({ caller: ALICE });
      answer.resolve();
      await expect(revoked).rejects.toMatchObject({ code: 'invalid_token' });
      expect((await good).data).toEqual(['one']);
    });

    it('is refused to all who wait for it, and asked for anew by the next', async () => {
      test.articles.answer = () => undefined;
      const answers = await Promise.allSettled(Array.from({ length: 20 }, () => get()));
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 'rejected'));
      expect(asked()).toBe(1);
      test.articles.answer = articlesAnswer;
      expect((await get()).data).toEqual(['one']);
    });
  });

  describe('an answer past its time', () => {
    beforeEach(async () => {
      await get({ caller: ALICE });
      wait(11);
    });

    it.each([
      ['fails', json({}, 500)],
      ['is busy', json({}, 503, { 'Retry-After': '1' })],
      ['answers garbage', (_, response) => response.end('<p>')],
      ['does not answer', () => undefined],
    ] satisfies [string, TestAnswer][])(
      'stands in where the upstream %s, to all who wait',
      async (_, answer) => {
        test.articles.answer = answer;
        const answers = await Promise.all(Array.from({ length: 20 }, () => get({ caller: ALICE })));
        expect(answers.map(({ data }) => data.join())).toEqual(Array.from({ length: 20 }, () => 'one'));
        expect(answers[0]!.headers).toMatchObject({ age: '11' });
        expect(
          answers.some(({ headers }) => headers['cache-status']!.includes('detail=stale-if-error')),
        ).toBe(true);
        expect(outcomes.slice(1)).toEqual(Array.from({ length: 20 }, () => 'articles stale'));
      },
    );

    it('stands in for so long and no longer, however often it did', async () => {
      test.articles.answer = json({}, 500);
      for (let seconds = 11; seconds < 66; seconds += 11) {
        expect((await get({ caller: ALICE })).data).toEqual(['one']);
        wait(11);
      }
      wait(5);
      await expect(get({ caller: ALICE })).rejects.toMatchObject({ code: 'upstream_failed' });
    });

    it('is asked about again as soon as the upstream is back', async () => {
      test.articles.answer = json({}, 500);
      await get({ caller: ALICE });
      test.articles.answer = articlesAnswer;
      expect((await get({ caller: ALICE })).headers['cache-status']).toContain('fwd-status=304');
    });

    it.each([401, 403, 404])(
      'does not stand in for a refusal of %i, and is gone after it',
      async (status) => {
        test.articles.answer = json({}, status);
        await expect(get({ caller: ALICE })).rejects.toBeInstanceOf(DomainError);
        test.articles.answer = json({}, 500);
        await expect(get({ caller: ALICE })).rejects.toMatchObject({ code: 'upstream_failed' });
      },
    );

    it('does not stand in where a route does not say so', async () => {
      test.articles.answer = json({}, 500);
      await expect(get({ caller: ALICE, cache: { fresh: 10 } })).rejects.toMatchObject({
        code: 'upstream_failed',
      });
    });
  });

  describe('what is kept for a caller', () => {
    it('is forgotten when the caller writes, also when that fails', async () => {
      await get({ caller: ALICE });
      await get({ caller: BOB });
      articles = ['two'];
      await test.client.post('articles', '/articles', {}, { caller: ALICE });
      expect((await get({ caller: ALICE })).data).toEqual(['two']);
      expect((await get({ caller: BOB })).data).toEqual(['one']);
      articles = ['three'];
      test.articles.answer = json({}, 500);
      await expect(test.client.delete('articles', '/articles/1', { caller: ALICE })).rejects.toBeInstanceOf(
        DomainError,
      );
      test.articles.answer = articlesAnswer;
      expect((await get({ caller: ALICE })).data).toEqual(['three']);
    });

    it.each(['subject', 'session', 'token'] as const)('is forgotten when that %s ends', async (kind) => {
      const id = { subject: ALICE.id, session: ALICE.sessionId!, token: ALICE.tokenId }[kind];
      await get({ caller: ALICE });
      await test.client.purge({ kind, id: `${id}x` });
      await get({ caller: ALICE });
      expect(asked()).toBe(1);
      await test.client.purge({ kind, id });
      await get({ caller: ALICE });
      expect(asked()).toBe(2);
    });

    it('is forgotten when something ends of which nobody knows whom it concerns', async () => {
      for (const ended of [{ kind: 'key', id: 'k' }, { kind: 'api_key', id: 'k' }, undefined]) {
        await get({ caller: ALICE });
        await test.client.purge(ended);
      }
      expect(asked()).toBe(3);
    });

    it('is forgotten when the service as a client ends', async () => {
      await get();
      await test.client.purge({ kind: 'client', id: 'consumer' });
      await get();
      expect(asked()).toBe(2);
    });

    it('is not what was under way when the caller wrote', async () => {
      const before = Promise.withResolvers<void>();
      test.articles.answer = async (request, response) => {
        const old = [...articles];
        await before.promise;
        await json(old)(request, response);
      };
      const early = get({ caller: ALICE });
      await expect.poll(asked).toBe(1);
      test.articles.answer = articlesAnswer;
      articles = ['two'];
      await test.client.post('articles', '/articles', {}, { caller: ALICE });
      const late = get({ caller: ALICE });
      before.resolve();
      expect([(await early).data, (await late).data]).toEqual([['one'], ['two']]);
      expect((await get({ caller: ALICE })).data).toEqual(['two']);
    });
  });

  describe('an open upstream', () => {
    it('gets no credential, and is asked once for everybody', async () => {
      await test.close();
      test = await createTestClient({ redisUrl }, { open: true });
      await get({ caller: ALICE });
      await get({ caller: BOB });
      await get();
      expect(asked()).toBe(1);
      expect(test.articles.requests[0]?.headers).not.toHaveProperty('authorization');
      expect(test.identity.requests).toEqual([]);
    });
  });
});
