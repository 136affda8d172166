import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../harness/http.js';
import { grant, READER, signIn, type Tokens } from '../harness/sign-in.js';
import { PreviousRelease } from './previous.release.js';
import { ORIGIN, sql } from './stack.js';

const WITHIN = { timeout: 2_000, interval: 20 };
const CLIENT = ['consumer', 'consumer-secret-for-development'] as const;

// Expand and contract (docs/operating.md, Upgrade): while a release is replaced, both serve on the schema of the newer one.
describe('the release before the newest migration, on the schema that this one has migrated', () => {
  let previous: PreviousRelease;
  beforeAll(async () => {
    previous = await PreviousRelease.start();
  }, 180_000);
  afterAll(() => previous?.remove());

  it('does not know all that is in it', async () => {
    const known = await previous.migrations();
    expect(known.length).toBeGreaterThan(0);
    expect(Number(await sql('SELECT COUNT(*) FROM identity.migrations'))).toBeGreaterThan(known.length);
  });

  it.each([
    ['/user_token', { auth: READER }, 201],
    ['/api/v1/login', { ...READER, grant_type: 'password' }, 200],
    ['/api/users', { user: READER }, 200],
    ['/sessions', READER, 200],
  ])('lets people in at %s', async (path, body, status) => {
    expect((await send(previous.url + path, { method: 'POST', body })).status).toBe(status);
  });

  it('lets services in, whose tokens are good at this one', async () => {
    const answer = await grant(previous.url, { grant_type: 'client_credentials' }, CLIENT);
    const { access_token: bearer } = answer.json<Tokens & Record<string, unknown>>();
    expect((await send(`${ORIGIN}/articles`, { bearer })).status).toBe(200);
  });

  it.each([
    ['there', 'here'],
    ['here', 'there'],
  ] as const)('goes on and ends %s what began %s', async (ending, beginning) => {
    const urls = { here: ORIGIN, there: previous.url };
    const [begun, ended] = [urls[beginning], urls[ending]];
    const { refresh_token: token } = await signIn(begun, READER);
    const refreshed = await grant(ended, { grant_type: 'refresh_token', refresh_token: token });
    const { access_token: bearer } = refreshed.json<Tokens & Record<string, unknown>>();
    const everywhere = async () => {
      const answers = [`${ORIGIN}/articles`, `${ORIGIN}/me`, `${previous.url}/me`].map((url) =>
        send(url, { bearer }),
      );
      return (await Promise.all(answers)).map(({ status }) => status);
    };
    expect(await everywhere()).toEqual([200, 200, 200]);
    expect((await send(`${ended}/api/v1/logout`, { method: 'POST', bearer })).status).toBe(200);
    await expect.poll(everywhere, WITHIN).toEqual([401, 401, 401]);
  });

  it('makes and ends API keys', async () => {
    const { access_token: bearer } = await signIn(previous.url, READER);
    const body = { name: 'by the release before', scopes: ['articles:read'] };
    const made = await send(`${previous.url}/me/api_keys`, { method: 'POST', bearer, body });
    const { id, key } = made.json<{ id: string; key: string } & Record<string, unknown>>();
    const read = async () => (await send(`${ORIGIN}/articles`, { headers: { apikey: key } })).status;
    expect(await read()).toBe(200);
    expect((await send(`${previous.url}/me/api_keys/${id}`, { method: 'DELETE', bearer })).status).toBe(204);
    await expect.poll(read, WITHIN).toBe(401);
  });
});
