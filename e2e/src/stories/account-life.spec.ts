import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { latestLinkTo } from '../harness/mails.js';
import { READER, signIn, tokenFor } from '../harness/sign-in.js';

describe.each(testDatabases())("an account's life on $name", (kind) => {
  let gatehouse: Gatehouse;
  const account = { email: 'newcomer@example.com', password: 'seven blue umbrellas' };
  const post = (path: string, body: object, bearer?: string) =>
    send(gatehouse.identity + path, { method: 'POST', body, ...(bearer && { bearer }) });

  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
  });
  afterAll(() => gatehouse?.stop());

  it('begins the same for a free and for a taken address', async () => {
    const free = await post('/users', account);
    const taken = await post('/users', { ...account, email: READER.email });
    expect([free.status, taken.status]).toEqual([202, 202]);
    expect(taken.text).toBe(free.text);
  });

  it('waits for the mailed link, and says so to who knows the password alone', async () => {
    const right = await post('/user_token', { auth: account });
    expect([right.status, right.json()['code']]).toEqual([403, 'account_unconfirmed']);
    const wrong = await post('/user_token', { auth: { ...account, password: 'a wrong password' } });
    expect([wrong.status, wrong.json()['code']]).toEqual([401, 'invalid_credentials']);
  });

  it('is confirmed by a page, once: opening the link alone changes nothing', async () => {
    const link = await latestLinkTo(gatehouse.identity, account.email, '/confirmation');
    const page = await send(gatehouse.identity + link.pathname + link.search);
    expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
    expect((await post('/user_token', { auth: account })).status).toBe(403);
    const token = link.searchParams.get('token')!;
    expect((await post('/confirmation', { token })).status).toBe(204);
    expect((await post('/confirmation', { token })).status).toBeGreaterThanOrEqual(400);
    expect((await post('/user_token', { auth: account })).status).toBe(201);
  });

  it('shows itself, without a digest', async () => {
    const bearer = await tokenFor(gatehouse.identity, account);
    const answer = await send(`${gatehouse.identity}/me`, { bearer });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(account.email);
    expect(answer.text).not.toMatch(/digest|password|argon2/i);
  });

  it('gets a new password by a mailed link, which works once and ends every session', async () => {
    const before = await signIn(gatehouse.identity, account);
    expect((await post('/password_resets', { email: account.email })).status).toBe(202);
    const link = await latestLinkTo(gatehouse.identity, account.email, '/password_resets');
    const password = 'eight green bicycles';
    const reset = () =>
      send(`${gatehouse.identity}/password_resets`, {
        method: 'PUT',
        body: { token: link.searchParams.get('token'), password },
      });
    expect((await reset()).status).toBe(204);
    expect((await reset()).status).toBeGreaterThanOrEqual(400);
    expect((await post('/user_token', { auth: account })).status).toBe(401);
    account.password = password;
    await expect
      .poll(
        async () => (await send(`${gatehouse.articles}/articles`, { bearer: before.access_token })).status,
      )
      .toBe(401);
  });

  it('changes its password, which ends the other sessions and not this one', async () => {
    const [own, other] = [
      await signIn(gatehouse.identity, account),
      await signIn(gatehouse.identity, account),
    ];
    const change = { current_password: account.password, password: 'nine red locomotives' };
    expect((await post('/me/password', change, own.access_token)).status).toBe(204);
    account.password = change.password;
    const statusOf = async (bearer: string) =>
      (await send(`${gatehouse.articles}/articles`, { bearer })).status;
    await expect.poll(() => statusOf(other.access_token), { timeout: 1_000 }).toBe(401);
    expect(await statusOf(own.access_token)).toBe(200);
  });

  it('ends, and its tokens with it', async () => {
    const { access_token: bearer } = await signIn(gatehouse.identity, account);
    const end = () =>
      send(`${gatehouse.identity}/me`, { method: 'DELETE', bearer, body: { password: account.password } });
    expect((await end()).status).toBe(204);
    await expect.poll(async () => (await end()).status, { timeout: 1_000 }).toBe(401);
    expect((await post('/user_token', { auth: account })).status).toBe(401);
    await expect
      .poll(async () => (await send(`${gatehouse.articles}/articles`, { bearer })).status)
      .toBe(401);
  });
});
