import { json } from '@gatehouse/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerOf, createTestClient, type TestClient } from '../testing/test.client.js';

/** Few ids, made of what could run into something else in a key. */
const word = fc.constantFrom(
  'a',
  'b',
  'a b',
  'a  b',
  '*',
  'consumer',
  '["a"]',
  'a,b',
  '',
  ' ',
  'a%20b',
  '1',
  '1 1',
);
/** Mostly one of two, so that callers often differ in one thing alone. */
const words = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<string[]>([], ['a']) },
  { weight: 1, arbitrary: fc.uniqueArray(word, { maxLength: 3 }) },
);

const request = fc.record({
  caller: fc.option(fc.record({ id: word, scopes: words, roles: words, audience: words }), {
    nil: undefined,
  }),
  path: fc.constantFrom('/a', '/b', '/a%20b'),
  query: fc.dictionary(fc.constantFrom('q', 'limit', 'a b'), word, { maxKeys: 2 }),
});
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

describe('the cache', () => {
  let test: TestClient;
  const names = new Map<string, string>();

  beforeAll(async () => {
    test = await createTestClient({ deadline: 5_000 });
    // Answers with the token and the address it was asked with, which tell whose answer it is.
    test.articles.answer = ({ headers, url }, response) =>
      json({ token: headers.authorization, url }, 200, { ETag: '"1"' })(undefined as never, response);
  });
  afterAll(() => test.close());

  // A token of its own for each set of powers, as identity gives them.
  const tokenOf = (caller: NonNullable<Request['caller']>): string => {
    const sorted = [caller.scopes, caller.roles, caller.audience].map((list) => [...list].sort());
    const powers = JSON.stringify([caller.id, ...sorted]);
    if (!names.has(powers)) names.set(powers, `t${names.size}`);
    return names.get(powers)!;
  };

  it('never gives anybody what was asked for by somebody else, or by the same with other powers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 40 }), async (requests) => {
        await Promise.all(
          requests.map(async ({ caller, path, query }) => {
            const token = caller ? tokenOf(caller) : 'token-1';
            const { data } = await test.client.get<{ token: string; url: string }>('articles', path, {
              caller: caller && callerOf(caller.id, { ...caller, token, tokenId: token }),
              query,
              cache: { fresh: 60 },
            });
            const expected = new URLSearchParams(query).toString();
            expect(data.token).toBe(`Bearer ${token}`);
            expect(data.url).toBe(path + (expected && `?${expected}`));
          }),
        );
      }),
      { numRuns: 100 },
    );
  });
});
