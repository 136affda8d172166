import { testDatabases } from '@gatehouse/service-kit/testing';
import { findApps } from '@gatehouse/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { READER, tokenFor } from '../harness/sign-in.js';

interface Timed {
  status: number;
  cache: string | null;
  milliseconds: number;
}

/** What a caller is promised; a shared machine may be three times as slow as it is when idle. */
const PATIENCE = 2_000;

describe('consumer, when what it calls is in trouble', () => {
  let gatehouse: Gatehouse;
  let bearer: string;
  let asked = 0;

  beforeAll(async () => {
    gatehouse = await startGatehouse(testDatabases()[0]!, { env: { CACHE_STALE_IF_ERROR: '1m' } });
    bearer = await tokenFor(gatehouse.identity, READER);
  });
  afterAll(async () => {
    for (const name of ['identity', 'articles']) gatehouse.fleet.service(name).signal('SIGCONT');
    await gatehouse.stop();
  });

  const ask = async (path: string, authorization?: string): Promise<Timed> => {
    const start = performance.now();
    const answer = await fetch(`${gatehouse.consumer}${path}`, {
      headers: authorization ? { authorization } : {},
    });
    await answer.arrayBuffer();
    const cache = answer.headers.get('cache-status');
    return { status: answer.status, cache, milliseconds: performance.now() - start };
  };
  /** Pages that nobody asked for before, by turns as the caller and as nobody. */
  const askAnew = (times: number): Promise<Timed[]> =>
    Promise.all(
      Array.from({ length: times }, (_, i) =>
        ask(`/articles?after=${(asked += 1)}`, i % 2 ? `Bearer ${bearer}` : undefined),
      ),
    );
  const statuses = (answers: Timed[]): number[] => [...new Set(answers.map(({ status }) => status))];
  const expectInTime = (answers: Timed[]): void => {
    expect(Math.max(...answers.map(({ milliseconds }) => milliseconds))).toBeLessThan(PATIENCE);
  };
  const logins = (): string[] =>
    gatehouse.lines.filter((line) => line.startsWith('identity') && line.includes('POST /oauth/token'));

  it('asks articles once, whoever asks for the same', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, () => ask('/articles?limit=99')));
    expect(statuses(answers)).toEqual([200]);
    expect(answers.filter(({ cache }) => cache?.includes('fwd-status=200'))).toHaveLength(1);
    expect(logins().length).toBeLessThan(findApps().length); // consumer's one, and one of each other guard
  });

  it('answers in time while articles is paused, and soon does not even try', async () => {
    await ask('/articles?limit=98');
    gatehouse.fleet.service('articles').signal('SIGSTOP');
    const first = await askAnew(100);
    for (const status of statuses(first)) expect([503, 504]).toContain(status);
    expectInTime(first);
    const then = await askAnew(100);
    expect(statuses(then)).toContain(503);
    expectInTime(then);
    expect((await ask('/articles?limit=98')).status).toBe(200);
    gatehouse.fleet.service('articles').signal('SIGCONT');
    await expect.poll(async () => statuses(await askAnew(2)), { timeout: 5_000 }).toEqual([200]);
  });

  it('serves on while identity is paused', async () => {
    gatehouse.fleet.service('identity').signal('SIGSTOP');
    const answers = await askAnew(50);
    expect(statuses(answers)).toEqual([200]);
    expectInTime(answers);
    gatehouse.fleet.service('identity').signal('SIGCONT');
  });

  it('answers in time when articles is gone, with what it kept where it did', async () => {
    const service = gatehouse.fleet.service('articles');
    service.signal('SIGKILL');
    await service.ended;
    const answers = await askAnew(100);
    for (const status of statuses(answers)) expect([502, 503]).toContain(status);
    expectInTime(answers);
    expect((await ask('/articles?limit=98')).status).toBe(200);
  });
});
