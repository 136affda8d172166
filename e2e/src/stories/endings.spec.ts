import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { grant, READER, sendForm, signIn, type Tokens } from '../harness/sign-in.js';

/** What is acknowledged at identity is known at every guard within this time. */
const WITHIN = { timeout: 1_000, interval: 20 };

describe.each(testDatabases())('what ends what, on $name', (kind) => {
  let gatehouse: Gatehouse;
  let tokens: Tokens;
  const statusAtGuards = async (bearer = tokens.access_token) => {
    const urls = [gatehouse.articles, gatehouse.consumer].map((url) => `${url}/articles`);
    return (await Promise.all(urls.map((url) => send(url, { bearer })))).map(({ status }) => status);
  };
  const refresh = (refreshToken = tokens.refresh_token) =>
    grant(gatehouse.identity, { grant_type: 'refresh_token', refresh_token: refreshToken });

  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
  });
  afterAll(() => gatehouse?.stop());

  it.each([
    [
      'logging out ends the session',
      () => send(`${gatehouse.identity}/api/v1/logout`, { method: 'POST', bearer: tokens.access_token }),
    ],
    [
      'revoking a refresh token ends its session',
      () => sendForm(`${gatehouse.identity}/oauth/revoke`, { token: tokens.refresh_token }),
    ],
  ])('%s: its tokens stop working at every guard, and it is not refreshed', async (_, end) => {
    tokens = await signIn(gatehouse.identity, READER);
    expect(await statusAtGuards()).toEqual([200, 200]);
    expect((await end()).status).toBe(200);
    await expect.poll(() => statusAtGuards(), WITHIN).toEqual([401, 401]);
    const refused = await refresh();
    expect([refused.status, refused.json()['error']]).toEqual([400, 'invalid_grant']);
  });

  it('revoking an access token ends that token alone', async () => {
    tokens = await signIn(gatehouse.identity, READER);
    const revoked = await sendForm(`${gatehouse.identity}/oauth/revoke`, { token: tokens.access_token });
    expect(revoked.status).toBe(200);
    await expect.poll(() => statusAtGuards(), WITHIN).toEqual([401, 401]);
    const next = await refresh();
    expect(next.status).toBe(200);
    expect(await statusAtGuards(next.json<Tokens>().access_token)).toEqual([200, 200]);
  });

  it('ending one session from another ends that one alone', async () => {
    const [own, other] = [await signIn(gatehouse.identity, READER), await signIn(gatehouse.identity, READER)];
    const { sid } = claimsOf(other.access_token);
    const ended = await send(`${gatehouse.identity}/me/sessions/${sid}`, {
      method: 'DELETE',
      bearer: own.access_token,
    });
    expect(ended.status).toBe(204);
    await expect.poll(() => statusAtGuards(other.access_token), WITHIN).toEqual([401, 401]);
    expect(await statusAtGuards(own.access_token)).toEqual([200, 200]);
  });

  it('a refresh token spent twice is theft: the session ends everywhere', async () => {
    tokens = await signIn(gatehouse.identity, READER);
    const second = (await refresh()).json<Tokens>();
    const third = (await refresh(second.refresh_token)).json<Tokens>();
    expect(await statusAtGuards(third.access_token)).toEqual([200, 200]);
    const stolen = await refresh();
    expect([stolen.status, stolen.json()['error']]).toEqual([400, 'invalid_grant']);
    await expect.poll(() => statusAtGuards(third.access_token), WITHIN).toEqual([401, 401]);
    expect((await refresh(third.refresh_token)).status).toBe(400);
  });

  it('a repeat of the refresh token just spent gets the same successor', async () => {
    tokens = await signIn(gatehouse.identity, READER);
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh()));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map((answer) => answer.json<Tokens>().refresh_token)).size).toBe(1);
  });
});

function claimsOf(token: string): { sid: string } {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sid: string };
}
