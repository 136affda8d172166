import { randomBytes } from 'node:crypto';
import { type TestDatabase, testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runApp } from '../harness/workspace.command.js';
import { BAD_CONFIGURATIONS, type BadConfiguration, SHARED_SECRET } from './bad-configurations.js';

const sqlite = testDatabases()[0]!;
const secret = () => randomBytes(32).toString('base64');

/** Small whole numbers are in every sentence about bounds, and `off` in descriptions. */
const tellsNothing = (value: string) => /^(-?\d{0,2}[a-z]?|off)$/.test(value);

/** Nobody waits longer for a start; the bound itself is that of the median, for other work may hold up one of them. */
const PATIENCE_MS = 15_000;
const BOUND_MS = 5_000;

describe('a start in production', () => {
  let database: TestDatabase;
  let good: Readonly<Record<string, string>>;
  const durations: number[] = [];

  beforeAll(async () => {
    database = await sqlite.create();
    good = {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      PUBLIC_URL: 'https://id.planted.test',
      ISSUER: 'https://id.planted.test',
      IDENTITY_URL: 'http://127.0.0.1:1/planted',
      ARTICLES_URL: 'http://127.0.0.1:1/planted',
      DATABASE_URL: database.url,
      KEY_ENCRYPTION_KEY: secret(),
      TOKEN_SECRET: secret(),
      CLIENT_ID: 'planted-client',
      CLIENT_SECRET: secret(),
      SMTP_URL: 'smtp://127.0.0.1:1',
    };
  });
  afterAll(() => database.drop());

  const start = async ({ app, env }: Pick<BadConfiguration, 'app' | 'env'>) => {
    const began = performance.now();
    const running = runApp(app, { ...good, ...env });
    const patience = setTimeout(() => running.signal('SIGTERM'), PATIENCE_MS);
    const code = await running.ended;
    clearTimeout(patience);
    durations.push(performance.now() - began);
    return { code, words: running.output };
  };

  it.each(BAD_CONFIGURATIONS)(
    'of $app is refused with $env',
    async ({ app, env, names }) => {
      const { code, words } = await start({ app, env });
      expect([code, words]).toEqual([1, expect.stringContaining(`${app} cannot start.`)]);
      expect(words).toContain(names ?? Object.keys(env)[0]!.replace(/_FILE$/, ''));
      expect(words, 'a stack').not.toMatch(/^ +at .+:\d+:\d+/m);
      const values = Object.values({ ...good, ...env }).filter((value) => value && !tellsNothing(value));
      const printed = values.filter((value) => value !== 'production' && words.includes(value!));
      expect(printed).toEqual([]);
      expect(words).not.toContain(SHARED_SECRET);
    },
    2 * PATIENCE_MS,
  );

  it('is refused within five seconds', () => {
    const sorted = durations.toSorted((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(BOUND_MS);
  });

  it.each(['identity', 'articles', 'consumer'] as const)(
    'of %s is not refused with the settings that those are made from',
    async (app) => {
      const running = runApp(app, good);
      await expect
        .poll(() => running.output, { timeout: 20_000 })
        .toMatch(/listening|cannot start|revocation feed/i);
      running.signal('SIGTERM');
      expect([await running.ended, running.output]).toEqual([0, expect.not.stringContaining('cannot start')]);
    },
  );
});
