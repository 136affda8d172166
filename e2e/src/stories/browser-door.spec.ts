import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { type Answer, send } from '../harness/http.js';
import { READER } from '../harness/sign-in.js';

describe.each(testDatabases())('door 6, browser sessions, on $name', (kind) => {
  let gatehouse: Gatehouse;
  let cookies: Record<string, string>;
  const signIn = (body: unknown) =>
    send(`${gatehouse.identity}/sessions`, { method: 'POST', body: body as object });
  const withCookie = (headers: Record<string, string | string[]> = {}) => ({
    cookie: `jwt=${cookies['jwt']}`,
    ...headers,
  });
  const create = (headers: Record<string, string | string[]>) =>
    send(`${gatehouse.articles}/articles`, {
      method: 'POST',
      headers,
      body: { title: 'by cookie', body: 'text' },
    });

  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
    cookies = cookiesIn(await signIn(READER));
  });
  afterAll(() => gatehouse?.stop());

  it('signs in with two cookies: one for the browser alone, one for its scripts', async () => {
    const answer = await signIn(READER);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ data: { email: READER.email }, result_code: 'success' });
    const [session, csrf] = ['jwt', 'XSRF-TOKEN'].map((name) => cookieLine(answer, name));
    expect(session).toMatch(/; ?HttpOnly/i);
    expect(session).toMatch(/; ?SameSite=Lax/i);
    expect(csrf).not.toMatch(/HttpOnly/i);
  });

  it('says what is wrong with what was given, in its own words', async () => {
    const invalid = await signIn({});
    expect([invalid.status, invalid.json()['result_code']]).toEqual([400, 'validation_failed']);
    const wrong = await signIn({ ...READER, password: 'not the password' });
    expect([wrong.status, wrong.json()]).toEqual([
      401,
      { message: expect.any(String), data: null, result_code: 'invalid_credentials' },
    ]);
  });

  it('knows the current user by the cookie, and nobody without', async () => {
    const known = await send(`${gatehouse.identity}/current_user`, { headers: withCookie() });
    expect(known.json()).toMatchObject({
      message: 'Success',
      data: { email: READER.email },
      result_code: 'success',
    });
    const unknown = await send(`${gatehouse.identity}/current_user`);
    expect([unknown.status, unknown.json()]).toEqual([
      401,
      { message: 'Not authenticated', data: null, result_code: 'unauthenticated' },
    ]);
  });

  it('is good at every guard for reading', async () => {
    expect((await send(`${gatehouse.articles}/articles`, { headers: withCookie() })).status).toBe(200);
  });

  it('writes with the CSRF value alone: not without, not with another, not with two', async () => {
    const csrf = cookies['XSRF-TOKEN']!;
    const other = cookiesIn(await signIn(READER))['XSRF-TOKEN']!;
    const bad: Record<string, string | string[]>[] = [
      {},
      { 'x-csrf-token': '' },
      { 'x-csrf-token': other },
      { 'x-csrf-token': [csrf, csrf] },
    ];
    for (const headers of bad) {
      const refused = await create(withCookie(headers));
      expect([refused.status, refused.json()['code']]).toEqual([403, 'csrf_failed']);
    }
    expect((await create(withCookie({ 'x-csrf-token': csrf }))).status).toBe(201);
    expect((await create(withCookie({ 'x-xsrf-token': csrf }))).status).toBe(201);
  });

  it('lets a bad bearer not fall through to a good cookie', async () => {
    const headers = withCookie({ authorization: 'Bearer garbage' });
    expect((await send(`${gatehouse.articles}/articles`, { headers })).status).toBe(401);
  });

  it('signs out: the session is over everywhere, and the cookies are cleared', async () => {
    const own = cookiesIn(await signIn(READER));
    const headers = { cookie: `jwt=${own['jwt']}`, 'x-csrf-token': own['XSRF-TOKEN']! };
    const out = await send(`${gatehouse.identity}/sessions`, { method: 'DELETE', headers });
    expect([out.status, out.json()['result_code']]).toEqual([200, 'success']);
    for (const name of ['jwt', 'XSRF-TOKEN'])
      expect(cookieLine(out, name)).toMatch(/Max-Age=0|Expires=Thu, 01 Jan 1970/i);
    // Every guard hears of it within a second, and so does every other replica of identity.
    const within = { timeout: 1_000 };
    const read = async () => (await send(`${gatehouse.articles}/articles`, { headers })).status;
    await expect.poll(read, within).toBe(401);
    const signOut = () => send(`${gatehouse.identity}/sessions`, { method: 'DELETE', headers });
    await expect.poll(async () => (await signOut()).status, within).toBe(401);
  });
});

function cookieLine(answer: Answer, name: string): string {
  return answer.headers['set-cookie']?.find((line) => line.startsWith(`${name}=`)) ?? '';
}

function cookiesIn(answer: Answer): Record<string, string> {
  const pairs = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]!);
  return Object.fromEntries(pairs.map((pair) => [pair.split('=')[0]!, pair.slice(pair.indexOf('=') + 1)]));
}
