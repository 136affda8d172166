import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, basic, claimsOf, READER, userToken } from '../../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';

describe.each(testDatabases())('the devise-key door on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
  });
  afterAll(() => app.close());

  const signIn = (user: object = READER) => app.post('/api/users', { user });
  const tokenOf = async (user: object = READER) =>
    ((await (await signIn(user)).json()) as { token: string }).token;
  const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  const signOut = (token: string) => app.fetch('/api/users', { method: 'DELETE', ...as(token) });
  const isGood = async (token: string) => (await app.fetch('/current_user', as(token))).status === 200;

  it('answers 200 with a token of a week', async () => {
    const answer = await signIn();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const { token, ...rest } = (await answer.json()) as { token: string };
    expect(rest).toEqual({});
    const { exp, iat, ...claims } = claimsOf(token) as { exp: number; iat: number };
    expect(claims).toMatchObject({ sub: 'usr_demo_reader', client_id: 'gatehouse:devise-key' });
    expect(Math.round((exp - iat) / 86_400)).toBe(7);
  });

  it('ends the user’s earlier token of this door, and nothing else', async () => {
    const [first, knock, admins] = [await tokenOf(), await userToken(app), await tokenOf(ADMIN)];
    const second = await tokenOf();
    expect(await Promise.all([first, second, knock, admins].map(isGood))).toEqual([false, true, true, true]);
  });

  it('leaves one token good of many got at once', async () => {
    const tokens = await Promise.all(Array.from({ length: 8 }, () => tokenOf()));
    const good = await Promise.all(tokens.map(isGood));
    expect(good.filter(Boolean)).toHaveLength(1);
  });

  it('signs out', async () => {
    const token = await tokenOf();
    expect((await signOut(token)).status).toBe(204);
    expect(await isGood(token)).toBe(false);
    expect((await signOut(token)).status).toBe(401);
  });

  it('lets nobody sign out without a session’s token', async () => {
    const service = await app.form('/oauth/token', { grant_type: 'client_credentials' }, basic());
    const { access_token } = (await service.json()) as { access_token: string };
    const none = await app.fetch('/api/users', { method: 'DELETE' });
    expect([none.status, (await signOut('x.y.z')).status, (await signOut(access_token)).status]).toEqual([
      401, 401, 401,
    ]);
  });

  it('answers what goes wrong as a problem', async () => {
    const wrong = await signIn({ ...READER, password: 'wrong' });
    expect([wrong.status, await wrong.json()]).toMatchObject([401, { code: 'invalid_credentials' }]);
    for (const user of [undefined, null, [], 'x', {}, { email: 1, password: {} }]) {
      const answer = await app.post('/api/users', { user });
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'validation_failed' }]);
    }
  });
});

describe('the devise-key door, closed', () => {
  it('does not exist', async () => {
    const app = await createIdentityTestApp({ environment: { LEGACY_DOORS: 'none' } });
    const answer = await app.post('/api/users', { user: READER });
    await app.close();
    expect(answer.status).toBe(404);
  });
});
