import { LOCALES, type Locale } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { mailsTo } from '../testing/mails.js';
import { Mail } from './mail.entity.js';
import { MailOutbox } from './mail.outbox.js';
import type { MailTemplateName } from './templates/mail.template.js';
import { MAIL_TEMPLATES } from './templates/mail.templates.js';

const LINK = 'http://localhost:3000/confirmation?token=a-secret';

describe.each(testDatabases())('MailOutbox on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => void (app = await createIdentityTestApp({ database })));
  afterAll(() => app.close());

  const enqueue = (email: string, fail = false) =>
    app.get(Database).transaction(async (manager) => {
      const to = { email, locale: 'en' as const };
      await app.get(MailOutbox).enqueue(manager, { template: 'confirmation', to, link: LINK });
      if (fail) throw new Error('the change was not made');
    });

  it('keeps a mail, due at once, and its link sealed', async () => {
    await enqueue('a@example.com');
    const mail = await app.get(Database).manager.findOneByOrFail(Mail, { recipient: 'a@example.com' });
    expect(mail).toMatchObject({ attempts: 0, sentAt: null, deadAt: null, nextAttemptAt: mail.createdAt });
    expect(JSON.stringify(mail)).not.toContain('a-secret');
    expect((await mailsTo(app, 'a@example.com'))[0]).toMatchObject({
      subject: 'Confirm your email address',
      text: expect.stringContaining(LINK),
    });
  });

  it('keeps no mail of a change that was not made', async () => {
    await expect(enqueue('b@example.com', true)).rejects.toThrow('the change was not made');
    expect(await mailsTo(app, 'b@example.com')).toEqual([]);
  });

  it('opens a link for the mail it was sealed for alone', async () => {
    await enqueue('c@example.com');
    await enqueue('d@example.com');
    const { manager } = app.get(Database);
    const { sealedLink } = await manager.findOneByOrFail(Mail, { recipient: 'c@example.com' });
    await app
      .get(Database)
      .transaction((writer) => writer.update(Mail, { recipient: 'd@example.com' }, { sealedLink }));
    await expect(mailsTo(app, 'd@example.com')).rejects.toThrow('cannot be opened');
  });
});

describe('MAIL_TEMPLATES', () => {
  const names = Object.keys(MAIL_TEMPLATES.en) as MailTemplateName[];
  // On a line of its own, so that mail programs make a link of all of it.
  const linked = (locale: Locale) =>
    names.filter((name) => /^\{link\}$/m.test(MAIL_TEMPLATES[locale][name].text));

  it.each(LOCALES)('carry links in %s wherever they do in English', (locale) => {
    expect(linked(locale)).toEqual(linked('en'));
    expect(linked(locale)).toHaveLength(5);
    expect(Object.keys(MAIL_TEMPLATES[locale])).toEqual(names);
  });

  it.each(LOCALES)('have subjects of one line in %s', (locale) => {
    const subjects = names.map((name) => MAIL_TEMPLATES[locale][name].subject);
    expect(subjects.filter((subject) => /[\r\n]/.test(subject))).toEqual([]);
    expect(new Set(subjects).size).toBe(names.length);
  });
});
