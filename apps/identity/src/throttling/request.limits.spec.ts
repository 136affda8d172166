import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { mailsTo } from '../testing/mails.js';

const PASSWORD = 'correct horse battery';

describe('limits to what anybody may ask for', () => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp({ environment: { LOGIN_LIMITS: 'on', TRUST_PROXY: '127.0.0.1' } });
  });
  afterAll(() => app.close());

  const ask = async (path: string, body: object, from: string) => {
    const answer = await app.post(path, body, { 'x-forwarded-for': from });
    return [answer.status, await answer.text()];
  };

  it('fill nobody’s mailbox, and do not tell who asks', async () => {
    const email = 'new@example.com';
    const answers = [];
    for (const from of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
      answers.push(await ask('/users', { email, password: PASSWORD }, from));
      answers.push(await ask('/confirmation/resend', { email }, from));
      answers.push(await ask('/password_resets', { email }, from));
    }
    expect(answers.map(([status]) => status)).toEqual(Array.from({ length: 9 }, () => 202));
    expect(new Set(answers.map(String)).size).toBe(3);
    expect(await mailsTo(app, email)).toHaveLength(5);
  });

  it('fill no mailbox of strangers by way of a change of address', async () => {
    const email = 'stranger@example.com';
    const authorization = `Bearer ${await userToken(app)}`;
    for (let count = 0; count < 8; count += 1) {
      const headers = { authorization, 'content-type': 'application/json' };
      await app.fetch('/me', { method: 'PATCH', headers, body: JSON.stringify({ email }) });
    }
    expect(await mailsTo(app, email)).toHaveLength(5);
  });

  it('stop a network that asks without end, and leave the pages open', async () => {
    const from = '192.0.2.9';
    for (let count = 0; count < 100; count += 1) {
      const [status] = await ask('/confirmation', { token: 'unknown' }, from);
      expect(status).toBe(400);
    }
    const paths = ['/users', '/confirmation', '/confirmation/resend', '/password_resets'];
    for (const path of paths) {
      const answer = await app.post(path, {}, { 'x-forwarded-for': from });
      expect(await answer.json()).toMatchObject({ status: 429, code: 'too_many_requests' });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const page = await app.fetch('/confirmation?token=x', { headers: { 'x-forwarded-for': from } });
    expect(page.status).toBe(200);
    expect((await ask('/password_resets', { email: 'a@example.com' }, '192.0.2.10'))[0]).toBe(202);
  });

  it('are told to a browser on the page whose form it has posted, with the link it has', async () => {
    const from = { 'x-forwarded-for': '192.0.2.55' };
    const browser = { ...from, accept: 'text/html,*/*;q=0.8', 'accept-language': 'fr' };
    for (let count = 0; count < 100; count += 1) await app.post('/confirmation', { token: 'x' }, from);
    for (const path of ['/confirmation', '/password_resets/form']) {
      const answer = await app.form(path, { token: 'kept', password: PASSWORD }, browser);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await answer.text()).toMatch(/<html lang="fr">[\s\S]*réessayer[\s\S]*value="kept"/);
    }
  });

  it('are told of in the standard headers, as long as there is something left and when there is not', async () => {
    const ask = () => app.post('/confirmation', { token: 'unknown' }, { 'x-forwarded-for': '192.0.2.77' });
    const first = await ask();
    expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=100;w=900');
    expect(first.headers.get('ratelimit')).toBe('"requests";r=99;t=900');
    for (let count = 0; count < 99; count += 1) await ask();
    const last = await ask();
    expect([last.status, last.headers.get('ratelimit-policy')]).toEqual([429, '"requests";q=100;w=900']);
    expect(last.headers.get('ratelimit')).toMatch(/^"requests";r=0;t=\d+$/);
  });
});
