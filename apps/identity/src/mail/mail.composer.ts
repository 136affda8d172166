import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../identity.config.js';
import { SecretBox } from '../secrets/secret.box.js';
import type { Mail } from './mail.entity.js';
import { MAIL_TEMPLATES } from './templates/mail.templates.js';

/** A mail in words; the text of one with a link holds a secret. */
export interface ComposedMail {
  subject: string;
  text: string;
}

/** Puts mails into words, from what the outbox keeps of them. */
@Injectable()
export class MailComposer {
  private readonly box: SecretBox;

  constructor({ keyEncryptionKey }: IdentityConfig) {
    this.box = new SecretBox(keyEncryptionKey, 'mails');
  }

  /** What is kept of a mail's link. */
  sealLink(link: string, mailId: string): string {
    return this.box.seal(link, mailId);
  }

  compose({ id, locale, template, sealedLink }: Mail): ComposedMail {
    const { subject, text } = MAIL_TEMPLATES[locale][template];
    // Once it was sent, the link is the recipient's alone.
    const link = sealedLink === null ? '[…]' : this.box.open(sealedLink, id).toString();
    return { subject, text: text.replace('{link}', () => link) };
  }
}
