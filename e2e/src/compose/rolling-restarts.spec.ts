import { afterAll, describe, expect, it } from 'vitest';
import { send } from '../harness/http.js';
import { READER, tokenFor } from '../harness/sign-in.js';
import { load, type Sent } from './load.js';
import { BY_PORT, compose, docker, healthy, ORIGIN, replicasOf } from './stack.js';

const ROUNDS = 10;
const REQUESTS = 10_000;
const CLIENT = Buffer.from('consumer:consumer-secret-for-development').toString('base64');

/** Reads and writes, of what does not take long. */
function requests(bearer: string): Sent[] {
  const authorization = `Bearer ${bearer}`;
  const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${CLIENT}` };
  return [
    { method: 'GET', url: `${ORIGIN}/me`, headers: { authorization }, status: 200 },
    { method: 'GET', url: `${ORIGIN}/.well-known/jwks.json`, status: 200 },
    { method: 'GET', url: `${ORIGIN}/articles`, headers: { authorization }, status: 200 },
    { method: 'GET', url: `${BY_PORT.consumer}/articles`, headers: { authorization }, status: 200 },
    {
      method: 'POST',
      url: `${ORIGIN}/oauth/introspect`,
      headers: form,
      body: `token=${bearer}`,
      status: 200,
    },
  ];
}

/** What Docker knows of how a container ended: its exit code, after how many seconds. */
async function restart(container: string): Promise<[number, number]> {
  const start = Date.now();
  await docker('stop', '--time', '15', container);
  const seconds = (Date.now() - start) / 1_000;
  const code = Number(await docker('inspect', '--format', '{{.State.ExitCode}}', container));
  await docker('start', container);
  await healthy(container);
  return [code, seconds];
}

describe('rolling restarts', () => {
  afterAll(() => compose('up', '--detach', '--no-recreate', '--wait', 'identity'));

  it(
    `of both replicas, ${ROUNDS} times, lose none of ${REQUESTS} requests`,
    { timeout: 900_000 },
    async () => {
      const bearer = await tokenFor(ORIGIN, READER);
      const over = new AbortController();
      const loading = load(requests(bearer), REQUESTS, over.signal);
      const endings: [number, number][] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const replica of await replicasOf('identity')) endings.push(await restart(replica));
      }
      over.abort();
      const { sent, failures } = await loading;
      const slowest = Math.max(...endings.map(([, seconds]) => seconds));
      console.log(
        `${endings.length} restarts under ${sent} requests: ${failures.length} failed; the slowest stop took ${slowest} s`,
      );
      expect(failures).toEqual([]);
      expect(endings.map(([code]) => code)).toEqual(endings.map(() => 0));
      expect(slowest).toBeLessThan(10);
      expect((await send(`${ORIGIN}/articles`, { bearer })).status).toBe(200);
    },
  );
});
