import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, testDatabases } from '@gatehouse/service-kit/testing';
import { freePort } from '@gatehouse/workspace';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, send } from '../harness/http.js';
import { READER, tokenFor } from '../harness/sign-in.js';
import { runApp, type Running } from '../harness/workspace.command.js';

const sqlite = testDatabases()[0]!;
/** Milliseconds. */
const LONGEST_ANSWER = 2_000;
const PATIENCE = { timeout: 15_000, interval: 100 };

describe('F6: a guarded service while identity is away', () => {
  let databases: TestDatabase[];
  let folder: string;
  let urls: { identity: string; articles: string };
  let identity: Running | undefined;
  let articles: Running | undefined;
  let bearer: string;

  const start = (name: 'identity' | 'articles', env: Record<string, string> = {}): Running =>
    runApp(name, {
      PORT: new URL(urls[name]).port,
      PUBLIC_URL: urls[name],
      ISSUER: urls.identity,
      DATABASE_URL: databases[name === 'identity' ? 0 : 1]!.url,
      LOG_LEVEL: 'warn',
      ...env,
    });
  const startArticles = async (env: Record<string, string> = {}): Promise<void> => {
    articles = start('articles', env);
    await answers(`${urls.articles}/health/live`);
  };
  const startIdentity = async (): Promise<void> => {
    identity = start('identity');
    await answers(`${urls.identity}/health/ready`);
  };
  const end = async (running: Running | undefined, signal: NodeJS.Signals): Promise<void> => {
    running?.signal(signal);
    await running?.ended;
  };
  const list = (token = bearer): Promise<Answer> => send(`${urls.articles}/articles`, { bearer: token });
  const ready = async (): Promise<number> => (await send(`${urls.articles}/health/ready`)).status;
  /** Everything that makes it turn to identity: keys that are unknown, API keys, a service token of its own. */
  const provoke = (): Promise<Answer[]> =>
    Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        i % 2
          ? list(withOtherKey(bearer, `key-${i}`))
          : send(`${urls.articles}/articles`, { headers: { apikey: `ghk_nobody-s-key-${i}-000000000` } }),
      ),
    );

  beforeAll(async () => {
    databases = await Promise.all([sqlite.create(), sqlite.create()]);
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
    const addresses = await Promise.all([freePort(), freePort()]);
    const [one, other] = addresses.map((port) => `http://127.0.0.1:${port}`);
    urls = { identity: one!, articles: other! };
    await startIdentity();
    bearer = await tokenFor(urls.identity, READER);
    await startArticles({ FEED_FILE: join(folder, 'feed') });
    await answers(`${urls.articles}/health/ready`);
  });
  afterAll(async () => {
    identity?.signal('SIGCONT');
    await Promise.all([end(identity, 'SIGTERM'), end(articles, 'SIGTERM')]);
    await Promise.all([
      rm(folder, { recursive: true, force: true }),
      ...databases.map((each) => each.drop()),
    ]);
  });

  it('serves on while identity hangs, and when it is gone', async () => {
    expect((await list()).status).toBe(200);
    identity!.signal('SIGSTOP');
    for (let round = 0; round < 3; round += 1) {
      const began = performance.now();
      const statuses = new Set((await provoke()).map(({ status }) => status));
      expect(performance.now() - began).toBeLessThan(LONGEST_ANSWER);
      for (const status of statuses) expect([401, 503]).toContain(status);
      expect((await list()).status).toBe(200);
    }
    await end(identity, 'SIGKILL');
    await provoke();
    expect([(await list()).status, await ready()]).toEqual([200, 200]);
  });

  it('serves on after a restart in the middle of it, from what it kept in FEED_FILE', async () => {
    await end(articles, 'SIGTERM');
    await startArticles({ FEED_FILE: join(folder, 'feed') });
    expect([(await list()).status, await ready()]).toEqual([200, 200]);
    await end(articles, 'SIGTERM');
  });

  it('starts without it, stays up, answers 503, and is ready when it comes', async () => {
    await startArticles();
    for (let round = 0; round < 5; round += 1) {
      const answer = await list();
      expect([answer.status, answer.json()['code']]).toEqual([503, 'unavailable']);
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
      expect(await ready()).toBe(503);
      await provoke();
    }
    await startIdentity();
    await answers(`${urls.articles}/health/ready`);
    expect((await list()).status).toBe(200);
    expect(articles!.output).not.toContain('"fatal"');
  });
});

/** Waits until there is a 200 at this address. */
async function answers(url: string): Promise<void> {
  await vi.waitFor(async () => expect((await send(url)).status).toBe(200), PATIENCE);
}

function withOtherKey(token: string, kid: string): string {
  const [header, ...rest] = token.split('.');
  const other = { ...(JSON.parse(Buffer.from(header!, 'base64url').toString()) as object), kid };
  return [Buffer.from(JSON.stringify(other)).toString('base64url'), ...rest].join('.');
}
