import { Database } from '@gatehouse/service-kit';
import { MailComposer } from '../mail/mail.composer.js';
import { Mail } from '../mail/mail.entity.js';
import type { IdentityTestApp } from './identity.test-app.js';

/** A mail as its reader sees it. */
export interface ReadMail {
  template: string;
  to: string;
  locale: string;
  subject: string;
  text: string;
  /** Of the link in it; empty where there is none. */
  token: string;
}

/** The mails that wait for an address, the latest first. */
export async function mailsTo(app: IdentityTestApp, address: string): Promise<ReadMail[]> {
  const mails = await app
    .get(Database)
    .manager.find(Mail, { where: { recipient: address }, order: { id: 'DESC' } });
  return mails.map((mail) => {
    const { subject, text } = app.get(MailComposer).compose(mail);
    const [, token = ''] = /\?token=([\w-]+)$/m.exec(text) ?? [];
    return { template: mail.template, to: address, locale: mail.locale, subject, text, token };
  });
}

/** The latest mail to an address. */
export async function lastMailTo(app: IdentityTestApp, address: string): Promise<ReadMail> {
  const [mail] = await mailsTo(app, address);
  if (!mail) throw new Error(`No mail to ${address} is waiting.`);
  return mail;
}
