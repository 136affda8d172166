import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { IdentityConfig } from '../../identity.config.js';
import { failureOf } from './mail.failure.js';
import type { MailMessage } from './mail.messages.js';

/** Milliseconds. */
const CONNECTS_WITHIN = 5_000;
const GREETS_WITHIN = 5_000;
const SILENT_FOR = 10_000;
/** For one mail as a whole, however busy the server seems meanwhile. */
const SENDS_WITHIN = 30_000;

/** The mail server that `SMTP_URL` names, if it names one. */
@Injectable()
export class SmtpServer implements OnModuleInit {
  private readonly transporter: Transporter | undefined;

  constructor(private readonly config: IdentityConfig) {
    const { smtpUrl } = config;
    this.transporter = smtpUrl === undefined ? undefined : transporterTo(smtpUrl);
  }

  onModuleInit(): void {
    if (this.config.production && !this.isKnown)
      new Logger('Mail').warn(
        'No mail is sent, and nobody can sign up: set SMTP_URL. Mails wait for a week.',
      );
  }

  get isKnown(): boolean {
    return this.transporter !== undefined;
  }

  /**
   * Hands a mail over; when this returns, the server has taken it.
   *
   * @throws MailFailure
   */
  async send(message: MailMessage): Promise<void> {
    try {
      await this.transporter!.sendMail({ ...message, signal: AbortSignal.timeout(SENDS_WITHIN) });
    } catch (error) {
      throw failureOf(error, message.to.address);
    }
  }
}

/** One connection for each mail: of a pooled one that breaks nobody could say which mails it has taken. */
function transporterTo(url: string): Transporter {
  return createTransport({
    url,
    dnsTimeout: CONNECTS_WITHIN,
    connectionTimeout: CONNECTS_WITHIN,
    greetingTimeout: GREETS_WITHIN,
    socketTimeout: SILENT_FOR,
    // What is in a mail is ours alone: nothing is fetched or read to become part of it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
