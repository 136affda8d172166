import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../../identity.config.js';
import { MailComposer } from '../mail.composer.js';
import type { Mail } from '../mail.entity.js';
import { htmlOf } from './mail.html.js';

/** A mail as SMTP carries it. */
export interface MailMessage {
  from: string;
  to: { name: string; address: string };
  subject: string;
  messageId: string;
  date: Date;
  headers: Record<string, string>;
  text: string;
  html: string;
}

/** Makes a message of a mail, each time the same one. */
@Injectable()
export class MailMessages {
  constructor(
    private readonly composer: MailComposer,
    private readonly config: IdentityConfig,
  ) {}

  of(mail: Mail): MailMessage {
    const composed = this.composer.compose(mail);
    return {
      from: this.config.mailFrom,
      // Not as a text, which could be read as several addresses.
      to: { name: '', address: mail.recipient! },
      subject: composed.subject,
      // Should it be sent twice, mail servers and programs can tell (RFC 5322 §3.6.4).
      messageId: `<${mail.id}@${new URL(this.config.issuer).hostname}>`,
      date: mail.createdAt,
      // Nobody's out-of-office answers to this (RFC 3834 §5).
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.locale },
      text: composed.text,
      html: htmlOf(composed, mail.locale),
    };
  }
}
