import { setTimeout } from 'node:timers/promises';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { freePort } from '@gatehouse/workspace';
import { vi } from 'vitest';
import { clockShiftedBy } from '../harness/clock.js';
import { type Answer, type Outgoing, send } from '../harness/http.js';
import { runApp } from '../harness/workspace.command.js';
import { untilReady } from './until.ready.js';

/** What a guard says to a caller. */
export interface Verdict {
  readonly status: number;
  readonly challenge: string | undefined;
  /** Of a refusal, the word for it. */
  readonly code: unknown;
}

/** The built articles, a process of its own that trusts a given identity. */
export interface GuardedArticles {
  ask(bearer?: string): Promise<Verdict>;
  askByKey(key: string): Promise<Verdict>;
  write(bearer: string): Promise<Verdict>;
  /** What it says to the token once it no longer lets it pass. */
  refusal(bearer: string): Promise<Verdict>;
  /** Waits until it would fetch keys again. */
  coolDown(): Promise<void>;
  stop(): Promise<void>;
}

/** Longer than a guard waits before it fetches keys again. Milliseconds. */
const COOLDOWN = 2_500;

/** Starts it and waits until it is ready, its clock ahead by so many seconds. */
export async function startArticles(issuer: string, ahead = 0): Promise<GuardedArticles> {
  const database = await testDatabases()[0]!.create();
  const url = `http://127.0.0.1:${await freePort()}`;
  const running = runApp('articles', {
    PORT: new URL(url).port,
    PUBLIC_URL: url,
    ISSUER: issuer,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'warn',
    ...(ahead > 0 && { NODE_OPTIONS: clockShiftedBy(ahead) }),
  });
  await untilReady(url);
  const ask = async (outgoing: Outgoing) => verdictOf(await send(`${url}/articles`, outgoing), url);
  return {
    ask: (bearer) => ask(bearer === undefined ? {} : { bearer }),
    askByKey: (apikey) => ask({ headers: { apikey } }),
    write: (bearer) => ask({ method: 'POST', bearer, body: { title: 'a title', body: 'a body' } }),
    refusal: (bearer) =>
      vi.waitFor(
        async () => {
          const verdict = await ask({ bearer });
          if (verdict.status < 400) throw new Error('It still passes.');
          return verdict;
        },
        { timeout: 5_000, interval: 50 },
      ),
    coolDown: () => setTimeout(COOLDOWN),
    stop: async () => {
      running.signal('SIGTERM');
      await running.ended;
      await database.drop();
    },
  };
}

function verdictOf(answer: Answer, url: string): Verdict {
  const { status, headers } = answer;
  const challenge = headers['www-authenticate']?.replaceAll(url, 'https://articles.example');
  return { status, challenge, code: status < 400 ? undefined : answer.json()['code'] };
}
