import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { send } from '../harness/http.js';
import { grant, READER, signIn, tokenFor, type Tokens } from '../harness/sign-in.js';
import { compose, ORIGIN, replicasOf } from './stack.js';

/** What is acknowledged at one replica holds at all others, and at every guard, within this time. */
const WITHIN = { timeout: 1_000, interval: 20 };

/** What one replica answers, past the gateway. */
async function atReplica(index: number, path: string, bearer: string): Promise<number> {
  const script = `const { status } = await fetch('http://127.0.0.1:3000${path}', { headers: { authorization:
    'Bearer ${bearer}' } }); process.stdout.write(String(status))`;
  return Number(
    await compose(
      'exec',
      '-T',
      '--index',
      String(index),
      'identity',
      'node',
      '--input-type=module',
      '-e',
      script,
    ),
  );
}

describe('two replicas of identity', () => {
  it('are there', async () => {
    expect(await replicasOf('identity')).toHaveLength(2);
  });

  it('count failed sign-ins together', async () => {
    const auth = {
      email: `nobody-${randomBytes(6).toString('hex')}@example.com`,
      password: 'a wrong password',
    };
    const attempt = () => send(`${ORIGIN}/user_token`, { method: 'POST', body: { auth } });
    const first = [];
    for (let i = 0; i < 10; i += 1) first.push((await attempt()).status);
    expect(first).toEqual(Array(10).fill(401));
    for (const address of ['', '203.0.113.7']) {
      const headers = { 'x-forwarded-for': address };
      const refused = await send(`${ORIGIN}/user_token`, { method: 'POST', body: { auth }, headers });
      expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([429, true]);
    }
  });

  it('end a session for each other, and for every guard', async () => {
    const { access_token: bearer } = await signIn(ORIGIN, READER);
    const everywhere = async () =>
      (
        await Promise.all(
          ['/articles', '/consumer/articles', '/me', '/me'].map((path) => send(ORIGIN + path, { bearer })),
        )
      ).map(({ status }) => status);
    expect(await everywhere()).toEqual([200, 200, 200, 200]);
    expect((await send(`${ORIGIN}/api/v1/logout`, { method: 'POST', bearer })).status).toBe(200);
    await expect.poll(everywhere, WITHIN).toEqual([401, 401, 401, 401]);
    expect(await Promise.all([1, 2].map((index) => atReplica(index, '/me', bearer)))).toEqual([401, 401]);
  });

  it('give 50 concurrent uses of a refresh token one successor, again and again', async () => {
    let { refresh_token: token } = await signIn(ORIGIN, READER);
    for (let round = 0; round < 10; round += 1) {
      const form = { grant_type: 'refresh_token', refresh_token: token };
      const answers = await Promise.all(Array.from({ length: 50 }, () => grant(ORIGIN, form)));
      expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
      const successors = new Set(
        answers.map((answer) => answer.json<Tokens & Record<string, unknown>>().refresh_token),
      );
      expect(successors.size).toBe(1);
      [token] = [...successors] as [string];
    }
  });

  it('sign with one key, and tokens of the one before stay good', async () => {
    const before = await tokenFor(ORIGIN, READER);
    await compose('exec', '-T', 'identity', 'node', 'dist/main.js', 'keys', 'rotate');
    const kids = async () => (await Promise.all([1, 2, 3, 4].map(() => tokenFor(ORIGIN, READER)))).map(kidOf);
    await expect
      .poll(async () => new Set([kidOf(before), ...(await kids())]).size, { timeout: 20_000, interval: 500 })
      .toBe(2);
    await expect.poll(async () => new Set(await kids()).size, { timeout: 20_000, interval: 500 }).toBe(1);
    for (const bearer of [before, await tokenFor(ORIGIN, READER)]) {
      expect((await send(`${ORIGIN}/articles`, { bearer })).status).toBe(200);
      expect((await send(`${ORIGIN}/consumer/articles`, { bearer })).status).toBe(200);
    }
  });
});

function kidOf(token: string): unknown {
  return (JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: unknown }).kid;
}
