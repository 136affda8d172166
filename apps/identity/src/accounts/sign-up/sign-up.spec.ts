import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';
import { userToken } from '../../testing/credentials.js';
import { lastMailTo, mailsTo } from '../../testing/mails.js';
import { User } from '../user.entity.js';

const PASSWORD = 'correct horse battery';

describe.each(testDatabases())('signing up on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => void (app = await createIdentityTestApp({ database })));
  afterAll(() => app.close());

  const signUp = (email: string, more: object = {}, headers: Record<string, string> = {}) =>
    app.post('/users', { email, password: PASSWORD, ...more }, headers);
  const confirm = (token: string) => app.post('/confirmation', { token });

  it('makes an account that can sign in once its address is confirmed', async () => {
    expect((await signUp('Ada@Example.com ')).status).toBe(202);
    const credentials = { email: 'ada@example.com', password: PASSWORD };
    const early = await app.post('/user_token', { auth: credentials });
    expect([early.status, await early.json()]).toMatchObject([403, { code: 'account_unconfirmed' }]);

    const { template, text, token } = await lastMailTo(app, 'ada@example.com');
    expect(template).toBe('confirmation');
    expect(text).toContain(`${app.config.issuer}/confirmation?token=${token}`);
    expect((await confirm(token)).status).toBe(204);
    expect(await userToken(app, credentials)).toBeTruthy();
  });

  it('lets a confirmation link work once', async () => {
    await signUp('once@example.com');
    const { token } = await lastMailTo(app, 'once@example.com');
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(token)));
    expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual([
      204,
      ...Array<number>(19).fill(400),
    ]);
    const again = await confirm(token);
    expect(await again.json()).toMatchObject({
      code: 'validation_failed',
      errors: { token: [expect.any(String)] },
    });
  });

  it('answers the same for an address that is taken, and tells its owner by mail', async () => {
    const first = await signUp('taken@example.com');
    const second = await signUp('taken@example.com', { password: 'another long password' });
    expect([second.status, await second.text()]).toEqual([first.status, await first.text()]);
    expect(await lastMailTo(app, 'taken@example.com')).toMatchObject({ template: 'address_taken' });
    expect(await app.get(Database).manager.countBy(User, { email: 'taken@example.com' })).toBe(1);
  });

  it('makes one account of 50 sign-ups at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => signUp('many@example.com')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await app.get(Database).manager.countBy(User, { email: 'many@example.com' })).toBe(1);
    const templates = (await mailsTo(app, 'many@example.com')).map(({ template }) => template);
    expect(templates.filter((template) => template === 'confirmation')).toHaveLength(1);
    expect(templates).toHaveLength(50);
  });

  it('writes in the language of the request, else of the browser', async () => {
    await signUp('eins@example.com', {}, { 'accept-language': 'de-AT, en;q=0.5' });
    await signUp('un@example.com', { locale: 'fr' }, { 'accept-language': 'de' });
    expect((await lastMailTo(app, 'eins@example.com')).subject).toBe('Bestätigen Sie Ihre E-Mail-Adresse');
    expect((await lastMailTo(app, 'un@example.com')).subject).toBe('Confirmez votre adresse e-mail');
  });

  it('refuses a password that is too short or made of the address, in sentences', async () => {
    const answer = await signUp('shorty@example.com', { password: 'shorty' });
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      {
        code: 'validation_failed',
        errors: {
          password: [
            'password must have at least 15 characters',
            expect.stringContaining('email address'),
            expect.stringContaining('easily guessed'),
          ],
        },
      },
    ]);
    expect(await mailsTo(app, 'shorty@example.com')).toEqual([]);
  });

  it('sends another link on request, to an address that waits for one', async () => {
    await signUp('slow@example.com');
    const [{ token: first } = { token: '' }] = await mailsTo(app, 'slow@example.com');
    const answers = await Promise.all(
      ['slow@example.com', 'nobody@example.com', 'reader@example.com'].map((email) =>
        app.post('/confirmation/resend', { email }),
      ),
    );
    const bodies = await Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]));
    expect(new Set(bodies.map(String)).size).toBe(1);
    expect(bodies[0]![0]).toBe(202);

    const mail = await lastMailTo(app, 'slow@example.com');
    expect(mail).toMatchObject({ template: 'confirmation' });
    expect(mail.token).not.toBe(first);
    expect(await mailsTo(app, 'nobody@example.com')).toEqual([]);
    expect(await mailsTo(app, 'reader@example.com')).toEqual([]);
    expect((await confirm(mail.token)).status).toBe(204);
  });

  it.each(['', 'x', 'a'.repeat(256), null, 7])('refuses the token %j', async (token) => {
    expect((await app.post('/confirmation', { token })).status).toBe(400);
  });
});
