import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreign } from '../harness/forged.js';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { type Outgoing, send } from '../harness/http.js';
import { type Route, routesOf } from '../harness/routes.js';
import { ADMIN, READER, tokenFor } from '../harness/sign-in.js';
import { flawIn } from '../harness/well-formed.js';

const json = (body: string | Buffer): Outgoing => ({ headers: { 'content-type': 'application/json' }, body });
const as = (type: string, body: string): Outgoing => ({ headers: { 'content-type': type }, body });

/** Names that mean something at one door or another, for every route that takes a body. */
const PROPERTIES = [
  'auth',
  'email',
  'password',
  'grant_type',
  'scope',
  'token',
  'refresh_token',
  'article',
  'title',
  'body',
];

/** Values of every wrong kind for one property. */
const WRONG = [
  null,
  7,
  -1e308,
  true,
  '',
  ' ',
  'x'.repeat(70_000),
  '\u0000',
  '\ud800',
  '💥',
  [],
  [[]],
  {},
  { a: 1 },
];

const BODIES: Readonly<Record<string, Outgoing>> = {
  'no body': {},
  'an empty body': json(''),
  'a body that is null': json('null'),
  'a body that is a list': json('[1]'),
  'a body that is a text': json('"text"'),
  'broken JSON': json('{"title":'),
  'JSON with more after it': json('{}{}'),
  'bytes that are no UTF-8': json(Buffer.from([0x22, 0xff, 0xfe, 0x22])),
  'JSON nested 5,000 deep': json('['.repeat(5_000) + ']'.repeat(5_000)),
  'members that mean something to JavaScript': json(
    '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}',
  ),
  'a form': as('application/x-www-form-urlencoded', 'title=a&title[b]=c&%=%'),
  XML: as('application/xml', '<a/>'),
  'plain text': as('text/plain', 'text'),
  'a content type that is none': as('///', '{}'),
  'compressed bytes that are none': {
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: '{}',
  },
  'two megabytes': json(JSON.stringify({ title: 'x'.repeat(2_000_000) })),
};

const PARAMETERS = ['1', 'abc', '-1', '%00', '%F0%9F%92%A5', '..%2F..%2Fetc', "1'--", 'x'.repeat(1_000), '%'];
const QUERIES = [
  'limit[]=1',
  'limit=1&limit=2',
  'after=%00',
  '%',
  'a[b][c]=d',
  '__proto__[x]=1',
  `q=${'x'.repeat(5_000)}`,
];

describe.each(testDatabases())('hostile input on $name', (kind) => {
  let gatehouse: Gatehouse;
  let bearers: (string | undefined)[];

  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
    const reader = await tokenFor(gatehouse.identity, READER);
    bearers = [undefined, 'garbage', foreign(reader), reader, await tokenFor(gatehouse.identity, ADMIN)];
  });
  afterAll(() => gatehouse?.stop());

  describe.each(['identity', 'articles', 'consumer'] as const)('at %s', (service) => {
    const flawsOver = async (inputs: (route: Route) => Record<string, Outgoing & { path?: string }>) => {
      const routes = await routesOf(gatehouse[service]);
      expect(routes.length).toBeGreaterThan(0);
      const flaws: string[] = [];
      for (const route of routes) {
        for (const [what, { path = filled(route.path), ...outgoing }] of Object.entries(inputs(route))) {
          const flaw = await flawOf(gatehouse[service], path, { method: route.method, ...outgoing });
          if (flaw) flaws.push(`${route.method} ${route.path}, ${what}: ${flaw}`);
        }
      }
      return flaws;
    };

    it('is refused politely, whatever the body', async () => {
      const flaws = await flawsOver(() =>
        named(
          Object.entries(BODIES).flatMap(([what, body]) =>
            bearers.map((bearer, i) => [`${what} ${i}`, { ...body, bearer }]),
          ),
        ),
      );
      expect(flaws).toEqual([]);
    });

    it('is refused politely, whatever one property holds', async () => {
      const flaws = await flawsOver(({ properties }) =>
        named(
          [...new Set([...properties, ...PROPERTIES])].flatMap((property) =>
            WRONG.map((value, i) => [
              `${property} ${i}`,
              { body: { [property]: value }, bearer: bearers.at(-1) },
            ]),
          ),
        ),
      );
      expect(flaws).toEqual([]);
    });

    it('is refused politely, whatever the parameters and the query', async () => {
      const flaws = await flawsOver(({ path }) => ({
        ...named(
          PARAMETERS.map((value) => [
            `parameter ${value}`,
            { path: filled(path, value), bearer: bearers.at(-1) },
          ]),
        ),
        ...named(
          QUERIES.map((query) => [
            `query ${query}`,
            { path: `${filled(path)}?${query}`, bearer: bearers.at(-1) },
          ]),
        ),
      }));
      expect(flaws).toEqual([]);
    });

    it('is refused politely, whatever the method', async () => {
      const flaws = await flawsOver(() =>
        named(
          ['TRACE', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'].map((method) => [method, { method }]),
        ),
      );
      expect(flaws).toEqual([]);
    });
  });
});

function named<T>(entries: (readonly [string, T] | (string | T)[])[]): Record<string, T> {
  return Object.fromEntries(entries as [string, T][]);
}

function filled(path: string, value = '1'): string {
  return path.replace(/\{[^}]+\}/g, value);
}

async function flawOf(service: string, path: string, outgoing: Outgoing): Promise<string | undefined> {
  try {
    return flawIn(await send(service + path, outgoing), path);
  } catch (error) {
    // Node refuses the rest of a body that is too large by closing: what it said before is what counts, if it came.
    return (error as NodeJS.ErrnoException).code === 'EPIPE' ? undefined : String(error);
  }
}
