import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreign } from '../harness/forged.js';
import type { ComparedIdentity } from './compared.identity.js';
import { startIdentityForTests } from './identity.for-tests.js';
import { type GuardedArticles, startArticles, type Verdict } from './guarded.articles.js';
import { startRealIdentity } from './real.identity.js';
import { partsOf } from './token.parts.js';

const WITHIN = { timeout: 5_000, interval: 50 };
const LONGER_THAN_A_TOKEN_LIVES = 25 * 60 * 60;

interface Scene {
  readonly identity: ComparedIdentity;
  readonly articles: GuardedArticles;
  /** The same service with a clock by which the tokens of today have expired. */
  readonly tomorrow: GuardedArticles;
}

type Verdicts = Verdict[];

/** What is asked of a service that trusts one identity, then of one that trusts the other; in this order. */
const CASES: readonly [sentence: string, ask: (scene: Scene) => Promise<Verdicts>][] = [
  ['nobody', async ({ articles }) => [await articles.ask()]],
  ['garbage', async ({ articles }) => [await articles.ask('garbage')]],
  [
    'what each kind of caller carries',
    async ({ identity, articles }) => [
      await articles.ask(await identity.userToken()),
      await articles.ask(await identity.serviceToken()),
      await articles.ask(await identity.browserToken()),
      await articles.askByKey(await identity.apiKey()),
      await articles.askByKey('ghk_nobody-has-this-key'),
    ],
  ],
  [
    'a scope that is missing',
    async ({ identity, articles }) => [await articles.write(await identity.serviceToken())],
  ],
  [
    'a token that has expired',
    async ({ identity, articles, tomorrow }) => {
      const token = await identity.userToken();
      return [await articles.ask(token), await tomorrow.ask(token)];
    },
  ],
  [
    'another audience',
    async ({ identity, articles }) => [await articles.ask(await identity.tokenForElsewhere())],
  ],
  [
    'another’s signature',
    async ({ identity, articles }) => [await articles.ask(foreign(await identity.userToken()))],
  ],
  [
    'a key that nobody knows',
    async ({ identity, articles }) => [await articles.ask(withUnknownKey(await identity.userToken()))],
  ],
  [
    'a session that was ended',
    async ({ identity, articles }) => {
      const [token, another] = [await identity.userToken(), await identity.userToken()];
      await identity.endSessionOf(token);
      return [await articles.refusal(token), await articles.ask(another)];
    },
  ],
  [
    'a token that was ended',
    async ({ identity, articles }) => {
      const [token, another] = [await identity.userToken(), await identity.userToken()];
      await identity.endToken(token);
      return [await articles.refusal(token), await articles.ask(another)];
    },
  ],
  [
    'an API key that was ended',
    async ({ identity, articles }) => {
      const key = await identity.apiKey();
      const before = await articles.askByKey(key);
      await identity.endApiKey(key);
      await expect.poll(async () => (await articles.askByKey(key)).status, WITHIN).toBe(401);
      return [before, await articles.askByKey(key)];
    },
  ],
  [
    'a token from before the keys were rotated, and one from after',
    async ({ identity, articles }) => {
      const before = await identity.userToken();
      await identity.rotateKeys();
      const after = await identity.userToken();
      expect(partsOf(after).header['kid']).not.toBe(partsOf(before).header['kid']);
      return [await articles.ask(before), await articles.ask(after)];
    },
  ],
  [
    'a user who was disabled',
    async ({ identity, articles }) => {
      const token = await identity.userToken();
      const before = await articles.ask(token);
      await identity.endUser();
      return [before, await articles.refusal(token)];
    },
  ],
  [
    'a good token, and a key that nobody knows, while identity is away',
    async ({ identity, articles }) => {
      const token = await identity.adminToken();
      await identity.stop();
      await articles.coolDown();
      return [await articles.ask(token), await articles.ask(withUnknownKey(token))];
    },
  ],
];

describe('a guard that trusts TestIdentity says what one says that trusts identity', () => {
  const scenes: Scene[] = [];
  const startScene = async (start: () => Promise<ComparedIdentity>): Promise<Scene> => {
    const identity = await start();
    const [articles, tomorrow] = await Promise.all([
      startArticles(identity.issuer),
      startArticles(identity.issuer, LONGER_THAN_A_TOKEN_LIVES),
    ]);
    return { identity, articles, tomorrow };
  };

  beforeAll(async () => {
    for (const start of [startIdentityForTests, startRealIdentity]) scenes.push(await startScene(start));
  }, 180_000);
  afterAll(async () => {
    for (const { articles, tomorrow } of scenes) await Promise.all([articles.stop(), tomorrow.stop()]);
  });

  it.each(CASES)('of %s', async (_, ask) => {
    const [forTests, real] = [await ask(scenes[0]!), await ask(scenes[1]!)];
    expect(forTests).toEqual(real);
  });
});

function withUnknownKey(token: string): string {
  const [, ...rest] = token.split('.');
  const header = { ...partsOf(token).header, kid: `unknown-${Date.now()}` };
  return [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.');
}
