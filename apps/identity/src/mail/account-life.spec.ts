import { LOCALES } from '@gatehouse/contracts';
import type { Email } from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { TestMailServer } from '../testing/mail.server.js';

const PASSWORD = 'correct horse battery';

describe('an account’s life, its mails read from an SMTP server', () => {
  let server: TestMailServer;
  let app: IdentityTestApp;
  beforeAll(async () => {
    server = await TestMailServer.start();
    app = await createIdentityTestApp({ environment: { SMTP_URL: server.url } });
  });
  afterAll(async () => {
    await app.close();
    await server.down();
  });

  const nthMailTo = (address: string, nth: number) =>
    vi.waitFor(() => {
      expect(server.mailsTo(address)).toHaveLength(nth);
      return server.mailsTo(address)[0]!;
    }, 10_000);
  const signIn = async (email: string, password: string) =>
    (await app.post('/user_token', { auth: { email, password } })).status;

  it.each(LOCALES)('in %s', async (locale) => {
    const email = `${locale}@example.com`;
    await app.post('/users', { email, password: PASSWORD, locale });
    const confirmation = await nthMailTo(email, 1);
    expect(await signIn(email, PASSWORD)).toBe(403);
    expect((await app.post('/confirmation', { token: tokenIn(confirmation) })).status).toBe(204);
    expect(await signIn(email, PASSWORD)).toBe(201);

    await app.post('/users', { email, password: PASSWORD });
    const taken = await nthMailTo(email, 2);

    await app.post('/password_resets', { email });
    const reset = await nthMailTo(email, 3);
    const body = JSON.stringify({ token: tokenIn(reset), password: `${PASSWORD} staple` });
    const headers = { 'content-type': 'application/json' };
    expect((await app.fetch('/password_resets', { method: 'PUT', headers, body })).status).toBe(204);
    expect(await signIn(email, `${PASSWORD} staple`)).toBe(201);

    const mails = [confirmation, taken, reset];
    expect(new Set(mails.map(({ subject }) => subject)).size).toBe(3);
    for (const mail of mails) {
      expect(mail.html).toContain(`<html lang="${locale}">`);
      expect(mail.html).toContain(`?token=${tokenIn(mail)}">`);
      expect(`${mail.subject}${mail.text}${mail.html}`).not.toMatch(/�|=\?|\{link\}/);
    }
  });

  it('with a subject that is not ASCII', () => {
    expect(server.mailsTo('ja@example.com').at(-1)!.subject).toMatch(/メールアドレス/);
    expect(server.mailsTo('ja@example.com').at(-1)!.text).toMatch(/[ぁ-ん]/);
  });
});

function tokenIn({ text }: Email): string {
  return /\?token=([\w-]{43})$/m.exec(text ?? '')![1]!;
}
