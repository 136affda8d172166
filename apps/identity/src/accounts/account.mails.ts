import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IdentityConfig } from '../identity.config.js';
import { MailOutbox } from '../mail/mail.outbox.js';
import type { NoticeMail } from '../mail/templates/mail.template.js';
import { RequestLimits } from '../throttling/request.limits.js';
import { OneTimeTokens } from './links/one-time.tokens.js';
import type { User } from './user.entity.js';

/** Whose account a mail is about, and where it goes. */
type AccountHolder = Pick<User, 'id' | 'locale' | 'email'>;

/** Mails that lead on to a new password. */
type PasswordMail = 'password_reset' | 'invitation' | 'address_taken';

/**
 * The mails of an account's life, with their links. Where `to` is null the same is written and nobody gets a mail: how
 * long a request takes must not tell whether an address has an account.
 */
@Injectable()
export class AccountMails {
  constructor(
    private readonly tokens: OneTimeTokens,
    private readonly outbox: MailOutbox,
    private readonly limits: RequestLimits,
    private readonly config: IdentityConfig,
  ) {}

  /**
   * Asks for confirmation of the address that somebody signed up with.
   *
   * @param submitted the address as somebody gave it, whoever has it
   */
  async confirmation(manager: EntityManager, holder: AccountHolder | null, submitted: string): Promise<void> {
    const to = await this.unlessFlooded(holder, submitted);
    const token = await this.tokens.issue(manager, 'confirmation', to?.id);
    await this.outbox.enqueue(manager, { template: 'confirmation', to, link: this.confirmationLink(token) });
  }

  /**
   * Lets somebody set a password by a link.
   *
   * @param submitted the address as somebody gave it, whoever has it; undefined where an admin did
   */
  async newPassword(
    manager: EntityManager,
    template: PasswordMail,
    holder: AccountHolder | null,
    submitted?: string,
  ): Promise<void> {
    const to = submitted === undefined ? holder : await this.unlessFlooded(holder, submitted);
    const link = await this.passwordLink(manager, to?.id);
    await this.outbox.enqueue(manager, { template, to, link });
  }

  /** The link itself, a secret. @param userId whose password it sets; undefined where there is nobody */
  async passwordLink(manager: EntityManager, userId: string | undefined): Promise<string> {
    const token = await this.tokens.issue(manager, 'password_reset', userId);
    return `${this.config.appUrl}/password_resets?token=${token}`;
  }

  /** Asks for confirmation of the address that a user wants to have from now on. */
  async emailChange(manager: EntityManager, { id, locale }: AccountHolder, email: string): Promise<void> {
    const token = await this.tokens.issue(manager, 'email_change', id, email);
    const to = await this.unlessFlooded({ id, locale, email }, email);
    await this.outbox.enqueue(manager, { template: 'email_change', to, link: this.confirmationLink(token) });
  }

  /** Tells a user what has happened. */
  async notice(
    manager: EntityManager,
    template: NoticeMail,
    { id, locale, email }: AccountHolder,
  ): Promise<void> {
    await this.outbox.enqueue(manager, { template, to: { id, locale, email } });
  }

  /** Mails that anybody can ask for are no means to fill somebody's mailbox: then nobody gets one. */
  private async unlessFlooded(
    holder: AccountHolder | null,
    submitted: string,
  ): Promise<AccountHolder | null> {
    return (await this.limits.mayMail(submitted)) ? holder : null;
  }

  private confirmationLink(token: string): string {
    return `${this.config.appUrl}/confirmation?token=${token}`;
  }
}
