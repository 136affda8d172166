import { execFileSync } from 'node:child_process';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { type Answer, send } from '../harness/http.js';
import { READER, tokenFor } from '../harness/sign-in.js';

const sqlite = testDatabases()[0]!;

// A limit on the size of the process's files stands for the disk: it needs no privilege, and it can be lifted again.
describe.runIf(process.platform === 'linux')('a full disk under SQLite', () => {
  let gatehouse: Gatehouse;
  let bearer: string;
  const limitFiles = (bytes: string) =>
    execFileSync('prlimit', ['--pid', String(gatehouse.fleet.service('articles').pid), `--fsize=${bytes}:`]);
  const create = (title: string) =>
    send(`${gatehouse.articles}/articles`, {
      method: 'POST',
      bearer,
      body: { title, body: 'x'.repeat(20_000) },
    });
  const titles = async () => {
    const list = await send(`${gatehouse.articles}/articles?limit=100`, { bearer });
    return list.json<{ title: string }[]>().map((article) => article.title);
  };

  beforeAll(async () => {
    gatehouse = await startGatehouse(sqlite);
    bearer = await tokenFor(gatehouse.identity, READER);
  });
  afterAll(() => gatehouse?.stop());

  it('refuses writes with 503 or 507, serves reads, loses nothing, and recovers', async () => {
    expect((await create('before')).status).toBe(201);
    limitFiles('4096');
    const answers = new Map<string, Answer>();
    for (let i = 0; i < 20; i += 1) answers.set(`during ${i}`, await create(`during ${i}`));
    const refused = [...answers.values()].filter(({ status }) => status !== 201);
    expect(refused).not.toEqual([]);
    for (const { status, headers } of refused) {
      expect([503, 507]).toContain(status);
      expect(headers['retry-after']).toMatch(/^\d+$/);
    }
    const acknowledged = [...answers].filter(([, { status }]) => status === 201).map(([title]) => title);
    expect(await titles()).toEqual(['first article', 'second article', 'before', ...acknowledged]);
    limitFiles('unlimited');
    await expect.poll(async () => (await create('after')).status, { timeout: 10_000 }).toBe(201);
    expect(await titles()).toContain('after');
    expect(await titles()).toContain('before');
  });
});
