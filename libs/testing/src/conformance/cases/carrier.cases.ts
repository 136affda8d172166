import { casesOf, type ConformanceCase } from '../conformance.case.js';
import {
  INSUFFICIENT_SCOPE,
  INVALID_REQUEST,
  INVALID_TOKEN,
  must,
  mustPass,
  mustRefuse,
  type Refusal,
  UNAUTHENTICATED,
} from '../expectations.js';
import type { HeaderPair } from '../answer.js';
import { bearer, type Trial } from '../trial.js';

const ONE_METHOD = 'wire.md, RFC 6750 §2';
const COOKIES = 'wire.md: carriers; RFC 6265 §5.4';
const API_KEYS = 'wire.md: ApiKey';

type Carried = (trial: Trial) => HeaderPair[] | Promise<HeaderPair[]>;

const refused = (refusal: Refusal, carried: Carried, query?: string): ConformanceCase['check'] => {
  return async (trial) => mustRefuse(await trial.get(await carried(trial), query), refusal);
};
const passes = (carried: Carried): ConformanceCase['check'] => {
  return async (trial) => mustPass(await trial.get(await carried(trial)), trial.read);
};
const keyOf = async (trial: Trial, user = trial.users[0], scope = trial.scope): Promise<HeaderPair> => [
  'ApiKey',
  await trial.issuer.apiKeyFor({ sub: user, scope }),
];

const BEARER = casesOf(
  'carriers',
  [],
  [
    [
      'refuses two Authorization headers',
      ONE_METHOD,
      refused(INVALID_REQUEST, (t) => [...bearer(t.token()), ...bearer(t.token())]),
    ],
    [
      'refuses two bearers in one header',
      ONE_METHOD,
      refused(INVALID_REQUEST, (t) => bearer(`${t.token()}, Bearer ${t.token()}`)),
    ],
    [
      'refuses a bearer in header and query',
      ONE_METHOD,
      refused(INVALID_REQUEST, (t) => bearer(t.token()), '?access_token=x'),
    ],
    [
      'takes no bearer from the query',
      'RFC 6750 §2.3, RFC 9700 §4.3.2',
      async (t) => mustRefuse(await t.get([], `?access_token=${t.token()}`), UNAUTHENTICATED),
      'credential',
    ],
  ],
);

const COOKIE = casesOf(
  'carriers',
  ['cookie'],
  [
    ['takes a session from its cookie', COOKIES, passes((t) => [t.session().cookie])],
    ['refuses a bad session cookie', COOKIES, refused(INVALID_TOKEN, (t) => [t.cookie('a.b.c')])],
    [
      'refuses the cookie of a session that has expired',
      COOKIES,
      refused(INVALID_TOKEN, (t) => [t.session({ exp: 1 }).cookie]),
    ],
    [
      'does not fall through from a bad bearer to a good cookie',
      COOKIES,
      refused(INVALID_TOKEN, (t) => [...bearer('a.b.c'), t.session().cookie]),
    ],
    [
      'does not fall through from another scheme to a good cookie',
      COOKIES,
      refused({ status: 401, code: 'unauthenticated' }, (t) => [
        ['Authorization', 'Basic dTpw'],
        t.session().cookie,
      ]),
    ],
    [
      'takes a good bearer beside a bad cookie',
      COOKIES,
      passes((t) => [...bearer(t.token()), t.cookie('a.b.c')]),
    ],
    [
      'refuses two session cookies',
      ONE_METHOD,
      refused(INVALID_REQUEST, (t) => [t.cookie(t.token(), t.token())]),
    ],
    [
      'takes no token from a cookie of another name',
      COOKIES,
      refused(UNAUTHENTICATED, (t) => [['Cookie', `token=${t.token()}`]]),
      'credential',
    ],
  ],
);

const API_KEY = casesOf(
  'carriers',
  ['api-key'],
  [
    ['takes an API key', API_KEYS, passes(async (t) => [await keyOf(t)])],
    [
      'refuses an API key that nobody knows',
      API_KEYS,
      refused(INVALID_TOKEN, () => [['ApiKey', 'ghk_00000000-0000-0000-0000']]),
    ],
    ['refuses an API key that could be none', API_KEYS, refused(INVALID_TOKEN, () => [['ApiKey', 'x']])],
    [
      'refuses an API key without the scope',
      API_KEYS,
      refused(INSUFFICIENT_SCOPE, async (t) => [await keyOf(t, t.users[0], otherScope(t))]),
      'scope',
    ],
    [
      'refuses two API keys',
      ONE_METHOD,
      refused(INVALID_REQUEST, async (t) => [await keyOf(t), await keyOf(t)]),
    ],
    [
      'takes an API key beside a bearer of the same user',
      API_KEYS,
      passes(async (t) => [await keyOf(t), ...bearer(t.token())]),
    ],
    [
      'refuses an API key beside a bearer of another user',
      API_KEYS,
      refused(INVALID_TOKEN, async (t) => [await keyOf(t), ...bearer(t.token({ sub: t.users[1] }))]),
    ],
    [
      'refuses an API key beside a bad bearer',
      API_KEYS,
      refused(INVALID_TOKEN, async (t) => [await keyOf(t), ...bearer('a.b.c')]),
    ],
  ],
);

const BOTH = casesOf(
  'carriers',
  ['api-key', 'cookie'],
  [
    [
      'refuses an API key beside a cookie alone',
      API_KEYS,
      refused(INVALID_REQUEST, async (t) => [await keyOf(t), t.session().cookie]),
    ],
  ],
);

const EXCHANGE = casesOf(
  'carriers',
  ['api-key', 'remote-issuer'],
  [
    [
      'has an API key exchanged once, however many bring it',
      'wire.md: single flight',
      async (trial) => {
        const before = trial.identity.exchanges;
        const key = await keyOf(trial);
        await Promise.all(
          Array.from({ length: 10 }, async () => mustPass(await trial.get([key]), trial.read)),
        );
        for (let use = 0; use < 5; use += 1) mustPass(await trial.get([key]), trial.read);
        const exchanges = trial.identity.exchanges - before;
        must(exchanges === 1, `had it exchanged ${exchanges} times`);
      },
    ],
    [
      'does not ask about a bad API key again and again',
      'wire.md: bad ones remembered briefly',
      async (trial) => {
        const before = trial.identity.exchanges;
        const key = ['ApiKey', 'ghk_11111111-1111-1111-1111'] as const;
        for (let use = 0; use < 5; use += 1) mustRefuse(await trial.get([key]), INVALID_TOKEN);
        const exchanges = trial.identity.exchanges - before;
        must(exchanges <= 1, `asked ${exchanges} times`);
      },
    ],
  ],
);

/** Who is calling, said in one way at a time. */
export const CARRIER_CASES = [...BEARER, ...COOKIE, ...API_KEY, ...BOTH, ...EXCHANGE];

/** A scope that some user can have, and the route that reads does not ask for. */
function otherScope({ profile: { otherScope: other = 'something:else' } }: Trial): string {
  return other;
}
