import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { ADMIN, READER, tokenFor } from '../harness/sign-in.js';

describe.each(testDatabases())('door 5, API key and token together, on $name', (kind) => {
  let gatehouse: Gatehouse;
  let key: { id: string; key: string };
  let token: string;
  const createKey = async (bearer: string) => {
    const body = { name: 'script', scopes: ['articles:read'] };
    return send(`${gatehouse.identity}/me/api_keys`, { method: 'POST', bearer, body });
  };
  const read = (headers: Record<string, string>, query = '') =>
    send(`${gatehouse.articles}/api/articles${query}`, { headers });

  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
    key = (await createKey(await tokenFor(gatehouse.identity, READER))).json<typeof key>();
    const signedIn = await send(`${gatehouse.identity}/api/users`, {
      method: 'POST',
      body: { user: READER },
    });
    token = signedIn.json<{ token: string }>().token;
  });
  afterAll(() => gatehouse?.stop());

  it('shows a key once', async () => {
    const bearer = await tokenFor(gatehouse.identity, READER);
    const created = await createKey(bearer);
    expect([created.status, Object.keys(created.json()).sort()]).toEqual([
      201,
      ['created_at', 'expires_at', 'id', 'key', 'name', 'prefix', 'scopes'],
    ]);
    const listed = await send(`${gatehouse.identity}/me/api_keys`, { bearer });
    expect(listed.text).not.toContain(created.json<typeof key>().key);
  });

  it('reads with both, and with neither alone', async () => {
    const authorization = `Bearer ${token}`;
    const both = await read({ apikey: key.key, authorization });
    expect(both.status).toBe(200);
    expect(both.json<{ id: number }[]>()[0]).toMatchObject({ id: 1 });
    expect((await read({ authorization })).status).toBe(401);
    expect((await read({ apikey: key.key })).status).toBe(401);
    expect((await read({ apikey: 'garbage', authorization })).status).toBe(401);
  });

  it("refuses one user's key with another's token", async () => {
    const authorization = `Bearer ${await tokenFor(gatehouse.identity, ADMIN)}`;
    expect((await read({ apikey: key.key, authorization })).status).toBe(401);
  });

  it('reads with a key alone where a key is enough, and writes not', async () => {
    const list = `${gatehouse.articles}/articles`;
    expect((await send(list, { headers: { apikey: key.key } })).status).toBe(200);
    const written = await send(list, {
      method: 'POST',
      headers: { apikey: key.key },
      body: { title: 'a', body: 'b' },
    });
    expect([written.status, written.json()['code']]).toEqual([403, 'insufficient_scope']);
  });

  it('ends a key at every guard when it is deleted', async () => {
    const bearer = await tokenFor(gatehouse.identity, READER);
    const own = (await createKey(bearer)).json<typeof key>();
    const statusOf = async () =>
      (await send(`${gatehouse.articles}/articles`, { headers: { apikey: own.key } })).status;
    expect(await statusOf()).toBe(200);
    const deleted = await send(`${gatehouse.identity}/me/api_keys/${own.id}`, { method: 'DELETE', bearer });
    expect(deleted.status).toBe(204);
    await expect.poll(statusOf, { timeout: 1_000 }).toBe(401);
  });

  it('ends what this door gave before, when the same user signs in again', async () => {
    const again = await send(`${gatehouse.identity}/api/users`, { method: 'POST', body: { user: READER } });
    expect(again.status).toBe(200);
    const old = { apikey: key.key, authorization: `Bearer ${token}` };
    await expect.poll(async () => (await read(old)).status, { timeout: 1_000 }).toBe(401);
    token = again.json<{ token: string }>().token;
    expect((await read({ apikey: key.key, authorization: `Bearer ${token}` })).status).toBe(200);
  });
});
