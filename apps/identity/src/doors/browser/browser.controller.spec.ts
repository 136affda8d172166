import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Session } from '../../sessions/session.entity.js';
import { basic, claimsOf, READER, userToken } from '../../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';

const USER = {
  id: 'usr_demo_reader',
  email: 'reader@example.com',
  email_confirmed: true,
  locale: 'en',
  roles: [],
  created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
  updated_at: expect.any(String),
};

/** The cookies an answer sets, by name: value and attributes. */
function cookiesOf(answer: Response): Record<string, { value: string; attributes: string[] }> {
  return Object.fromEntries(
    answer.headers.getSetCookie().map((line) => {
      const [pair, ...attributes] = line.split('; ') as [string, ...string[]];
      const at = pair.indexOf('=');
      return [pair.slice(0, at), { value: pair.slice(at + 1), attributes: attributes.sort() }];
    }),
  );
}

describe.each(testDatabases())('the browser door on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
  });
  afterAll(() => app.close());

  const signIn = (members: object = {}, headers = {}) =>
    app.post('/sessions', { ...READER, ...members }, headers);
  const session = async () => {
    const { jwt, 'XSRF-TOKEN': xsrf } = cookiesOf(await signIn());
    return { cookie: `jwt=${jwt!.value}; XSRF-TOKEN=${xsrf!.value}`, token: jwt!.value, csrf: xsrf!.value };
  };
  const currentUser = (headers: Record<string, string>) => app.fetch('/current_user', { headers });
  const signOut = (headers: Record<string, string>) => app.fetch('/sessions', { method: 'DELETE', headers });

  it('signs in with both cookies, each as it must be', async () => {
    const answer = await signIn();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await answer.json()).toEqual({
      message: 'Successfully signed in',
      data: USER,
      result_code: 'success',
    });
    const { jwt, 'XSRF-TOKEN': xsrf } = cookiesOf(answer);
    expect(jwt!.attributes).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax']);
    expect(xsrf!.attributes).toEqual(['Max-Age=604800', 'Path=/', 'SameSite=Lax']);
    expect(claimsOf(jwt!.value)).toMatchObject({ client_id: 'gatehouse:browser', csrf_token: xsrf!.value });
  });

  it('tells who is signed in, by cookie or bearer', async () => {
    const { cookie, token } = await session();
    const bearer = { authorization: `Bearer ${await userToken(app)}` };
    for (const headers of [{ cookie }, { authorization: `Bearer ${token}` }, bearer]) {
      const answer = await currentUser(headers);
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { message: 'Success', data: USER, result_code: 'success' },
      ]);
    }
  });

  it('tells that nobody is signed in, or a service', async () => {
    const anonymous = { message: 'Not authenticated', data: null, result_code: 'unauthenticated' };
    for (const headers of [{}, { cookie: 'jwt=x.y.z' }, { authorization: 'Bearer x.y.z' }]) {
      const answer = await currentUser(headers as Record<string, string>);
      expect([answer.status, await answer.json()]).toEqual([401, anonymous]);
    }
    const service = await app.form('/oauth/token', { grant_type: 'client_credentials' }, basic());
    const { access_token } = (await service.json()) as { access_token: string };
    expect((await currentUser({ authorization: `Bearer ${access_token}` })).status).toBe(403);
  });

  it('signs out with the CSRF value: session ended, cookies cleared', async () => {
    const { cookie, csrf } = await session();
    const answer = await signOut({ cookie, 'x-csrf-token': csrf });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { message: 'Successfully signed out', data: null, result_code: 'success' },
    ]);
    const { jwt, 'XSRF-TOKEN': xsrf } = cookiesOf(answer);
    expect([jwt!.value, xsrf!.value]).toEqual(['', '']);
    expect(jwt!.attributes).toEqual(['HttpOnly', 'Max-Age=0', 'Path=/', 'SameSite=Lax']);
    expect((await currentUser({ cookie })).status).toBe(401);
    expect((await signOut({ cookie, 'x-csrf-token': csrf })).status).toBe(401);
  });

  it('A7: does not sign out without the CSRF value, nor with an ended session’s', async () => {
    const [ended, { cookie }] = [await session(), await session()];
    await signOut({ cookie: ended.cookie, 'x-csrf-token': ended.csrf });
    for (const value of [undefined, '', ended.csrf]) {
      const headers: Record<string, string> = value === undefined ? {} : { 'x-csrf-token': value };
      const answer = await signOut({ cookie, ...headers });
      expect([answer.status, await answer.json()]).toMatchObject([
        403,
        { data: null, result_code: 'csrf_failed' },
      ]);
    }
    expect((await currentUser({ cookie })).status).toBe(200);
  });

  it('A7: refuses a sign-in that another site sent, and ignores cookies at sign-in', async () => {
    const before = await app.get(Database).manager.count(Session);
    const crossSite = await signIn({}, { 'sec-fetch-site': 'cross-site' });
    const form = await app.form('/sessions', READER);
    expect([crossSite.status, form.status]).toEqual([403, 415]);
    expect(await crossSite.json()).toMatchObject({ result_code: 'csrf_failed', data: null });
    expect(await app.get(Database).manager.count(Session)).toBe(before);
    expect((await signIn({}, { 'sec-fetch-site': 'same-site', cookie: 'jwt=a; jwt=b' })).status).toBe(200);
  });

  it('tells what is wrong with the input', async () => {
    const answer = await app.post('/sessions', {});
    expect([answer.status, await answer.json()]).toEqual([
      400,
      {
        message: 'Invalid input given',
        data: {
          email: ['email must be a text of 1 to 254 characters'],
          password: ['password must be a text of 1 to 1024 characters'],
        },
        result_code: 'validation_failed',
      },
    ]);
  });

  it('does not tell whether the address or the password is wrong', async () => {
    const bodies = [];
    for (const wrong of [{ password: 'wrong' }, { email: 'nobody@example.com' }]) {
      const answer = await signIn(wrong);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
      bodies.push(await answer.json());
    }
    expect(bodies[0]).toMatchObject({ data: null, result_code: 'invalid_credentials' });
    expect(bodies[1]).toEqual(bodies[0]);
  });

  it('says no in its own format whatever goes wrong', async () => {
    const broken = { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } };
    const answers = [
      await app.fetch('/sessions', broken),
      await app.fetch('/sessions/1'),
      await app.fetch('/sessions'),
      await app.post('/current_user', {}),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 404, 405, 405]);
    for (const answer of answers) {
      expect(await answer.json()).toEqual({
        message: expect.any(String),
        data: null,
        result_code: expect.any(String),
      });
    }
  });
});

describe('the browser door, otherwise configured', () => {
  const withApp = async <T>(
    environment: Record<string, string>,
    work: (app: IdentityTestApp) => Promise<T>,
  ) => {
    const app = await createIdentityTestApp({ environment });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  };

  it.each([
    [{}, '__Host-jwt', []],
    [{ COOKIE_DOMAIN: 'example.com' }, '__Secure-jwt', ['Domain=example.com']],
  ])('over https with %j names the cookie %s and marks it Secure', async (more, name, domain) => {
    const environment = { PUBLIC_URL: 'https://id.example.com', ...more } as Record<string, string>;
    await withApp(environment, async (app) => {
      const cookies = cookiesOf(await app.post('/sessions', READER));
      const attributes = [...domain, 'HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax', 'Secure'];
      expect(cookies[name]?.attributes).toEqual(attributes);
      expect(cookies['XSRF-TOKEN']?.attributes).toContain('Secure');
      const cookie = `${name}=${cookies[name]!.value}`;
      const statuses = [cookie, cookie.replace(name, 'jwt')].map(async (value) => {
        const { status } = await app.fetch('/current_user', { headers: { cookie: value } });
        return status;
      });
      expect(await Promise.all(statuses)).toEqual([200, 401]);
    });
  });

  it('tells which of address and password is wrong where that is asked for', async () => {
    await withApp({ REVEAL_ACCOUNT_EXISTENCE: 'true' }, async (app) => {
      const password = await app.post('/sessions', { ...READER, password: 'wrong' });
      expect([password.status, await password.json()]).toMatchObject([
        401,
        { data: { password: ['Incorrect password'] }, result_code: 'incorrect_password' },
      ]);
      const email = await app.post('/sessions', { ...READER, email: 'nobody@example.com' });
      expect([email.status, await email.json()]).toMatchObject([
        401,
        { data: { email: ["Email address doesn't match any account"] }, result_code: 'incorrect_email' },
      ]);
    });
  });

  it('closed, does not exist; /current_user does', async () => {
    await withApp({ LEGACY_DOORS: 'none' }, async (app) => {
      expect((await app.post('/sessions', READER)).status).toBe(404);
      expect((await app.fetch('/current_user')).status).toBe(401);
    });
  });
});
