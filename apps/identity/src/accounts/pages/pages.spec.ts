import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userToken } from '../../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';
import { lastMailTo } from '../../testing/mails.js';

const PASSWORD = 'correct horse battery';
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the pages that mails lead to', () => {
  let app: IdentityTestApp;
  beforeAll(async () => void (app = await createIdentityTestApp()));
  afterAll(() => app.close());

  const signUp = async (email: string) => {
    await app.post('/users', { email, password: PASSWORD });
    return (await lastMailTo(app, email)).token;
  };
  const resetLink = async (email: string) => {
    await app.post('/password_resets', { email });
    return (await lastMailTo(app, email)).token;
  };

  it.each(['/confirmation', '/password_resets'])(
    'GET %s is whole without scripts, and leaks no link',
    async (path) => {
      const answer = await app.fetch(`${path}?token=secret-of-the-link`);
      const page = await answer.text();
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-/,
      );
      expect(page).toContain('<input type="hidden" name="token" value="secret-of-the-link">');
      expect(page).not.toMatch(/<script|<img|<link|https?:/);
    },
  );

  it('escapes what the address carries', async () => {
    const hostile = '"><script>alert(1)</script>';
    const page = await (await app.fetch(`/confirmation?token=${encodeURIComponent(hostile)}`)).text();
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;');
    expect((await app.fetch(`/confirmation?token=${'a'.repeat(256)}`)).status).toBe(400);
    expect((await app.fetch('/confirmation?token=a&token=b')).status).toBe(400);
    expect((await app.fetch('/confirmation')).status).toBe(200);
  });

  it('speaks the language of the browser', async () => {
    const answer = await app.fetch('/password_resets?token=x', { headers: { 'accept-language': 'ja' } });
    expect(await answer.text()).toMatch(
      /<html lang="ja">[\s\S]*<label for="password">新しいパスワード<\/label>/,
    );
  });

  it('uses nothing up by being opened, even often', async () => {
    const token = await signUp('scanned@example.com');
    for (let times = 0; times < 3; times += 1) await app.fetch(`/confirmation?token=${token}`);
    expect((await app.post('/confirmation', { token })).status).toBe(204);
  });

  it('answers a posted form with 204, or to a browser with a page', async () => {
    const one = await signUp('form@example.com');
    expect((await app.form('/confirmation', { token: one })).status).toBe(204);

    const other = await signUp('browser@example.com');
    const done = await app.form('/confirmation', { token: other }, BROWSER);
    expect([done.status, await done.text()]).toEqual([
      200,
      expect.stringContaining('Your address is confirmed'),
    ]);

    const again = await app.form('/confirmation', { token: other }, BROWSER);
    const page = await again.text();
    expect([again.status, page]).toEqual([400, expect.stringContaining('role="alert"')]);
    expect(page).not.toContain('<form');
  });

  it('sets a password by the form, which is shown again while the password is refused', async () => {
    const token = await resetLink('reader@example.com');
    const refused = await app.form('/password_resets/form', { token, password: 'too short' }, BROWSER);
    const page = await refused.text();
    expect(refused.status).toBe(400);
    expect(page).toContain('role="alert" id="trouble"');
    expect(page).toContain('aria-describedby="hint trouble"');
    expect(page).not.toContain('too short"');

    const password = 'a brand new password';
    const done = await app.form('/password_resets/form', { token, password }, BROWSER);
    expect([done.status, await done.text()]).toEqual([
      200,
      expect.stringContaining('Your new password is set'),
    ]);
    expect(await userToken(app, { email: 'reader@example.com', password })).toBeTruthy();
  });

  it('refuses a browser with a page in its language, whatever is in the way', async () => {
    const german = { ...BROWSER, 'accept-language': 'de-AT' };
    const form = { ...german, 'content-type': 'application/x-www-form-urlencoded' };
    const refusals = [
      [413, app.fetch('/password_resets/form', { method: 'POST', headers: form, body: 'a'.repeat(101_000) })],
      [400, app.fetch('/confirmation?token=a&token=b', { headers: german })],
    ] as const;
    for (const [status, asked] of refusals) {
      const answer = await asked;
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        status,
        'text/html; charset=utf-8',
      ]);
      expect(answer.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-/,
      );
      expect(await answer.text()).toMatch(/<html lang="de">[\s\S]*role="alert"/);
    }
  });

  it('says no to methods that are not there', async () => {
    const answer = await app.fetch('/password_resets', { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, expect.stringContaining('PUT')]);
  });
});
