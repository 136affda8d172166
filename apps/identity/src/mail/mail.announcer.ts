import { Database } from '@gatehouse/service-kit';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { IdentityConfig } from '../identity.config.js';
import { MailComposer } from './mail.composer.js';
import { Mail } from './mail.entity.js';

/** Time for the transaction to be committed, in milliseconds. */
const PATIENCE = 300;

/**
 * Outside production, tells of waiting mails in the log where no mail server is set: who runs Gatehouse for a try has
 * none. The links in them are secrets, and are told in development alone.
 */
@Injectable()
export class MailAnnouncer implements OnApplicationShutdown {
  private readonly logger = new Logger('Mail');
  private expected: string[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly composer: MailComposer,
    private readonly config: IdentityConfig,
  ) {}

  /** A mail was written by a transaction that is not committed yet, and may never be. */
  expect(mailId: string): void {
    if (this.config.production || this.config.smtpUrl !== undefined) return;
    this.expected.push(mailId);
    this.timer ??= setTimeout(() => void this.announce(), PATIENCE).unref();
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  private async announce(): Promise<void> {
    const ids = this.expected;
    this.expected = [];
    this.timer = undefined;
    try {
      const mails = await this.database.manager.findBy(Mail, { id: In(ids), recipient: Not(IsNull()) });
      for (const mail of mails) this.logger.log(this.announcementOf(mail));
    } catch (error) {
      this.logger.warn({ err: error }, 'Mails are waiting that cannot be read');
    }
  }

  private announcementOf(mail: Mail): string {
    const { subject, text } = this.composer.compose(mail);
    const [link] = this.config.nodeEnv === 'development' ? (/^https?:\S+$/m.exec(text) ?? []) : [];
    return `Mail to ${mail.recipient}: ${subject}${link ? ` ${link}` : ''}`;
  }
}
