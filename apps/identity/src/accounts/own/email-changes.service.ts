import { isUniqueViolation } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../audit/audit.trail.js';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { AccountMails } from '../account.mails.js';
import { LinkSpent } from '../links/link.errors.js';
import { OneTimeTokens } from '../links/one-time.tokens.js';
import { changeUser } from '../user.change.js';
import { User } from '../user.entity.js';

/** Changes the address of an account: asked for first, done once the new address is confirmed. */
@Injectable()
export class EmailChanges {
  constructor(
    private readonly tokens: OneTimeTokens,
    private readonly mails: AccountMails,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Sends a link to the new address and tells the old one. That another account has the new address is told to its
   * owner alone. Whoever has the one that was asked for before cannot take the account over: it may have been a slip.
   *
   * @param user whose row is held
   */
  async request(manager: EntityManager, user: User, email: string, origin: RequestOrigin): Promise<void> {
    await this.tokens.forgetOtherEmails(manager, user.id, email);
    if (email === user.email) return;
    const owner = await manager.findOneBy(User, { email });
    if (owner) await this.mails.newPassword(manager, 'address_taken', owner, email);
    else await this.mails.emailChange(manager, user, email);
    await this.mails.notice(manager, 'email_change_requested', user);
    await this.record(manager, 'user.email_change_request', user, origin);
  }

  /**
   * Uses the new address from now on, and tells both.
   *
   * @param user whose row is held
   * @throws LinkSpent when another account has got the address meanwhile
   */
  async complete(manager: EntityManager, user: User, email: string, origin: RequestOrigin): Promise<void> {
    const { id, locale } = user;
    await this.setEmail(manager, id, email);
    // What was sent to the old address opens nothing any more.
    await this.tokens.forget(manager, id);
    for (const address of [user.email, email]) {
      await this.mails.notice(manager, 'email_changed', { id, locale, email: address });
    }
    await this.record(manager, 'user.email_change', user, origin);
  }

  private async setEmail(manager: EntityManager, id: string, email: string): Promise<void> {
    try {
      await changeUser(manager, id, { email, emailConfirmedAt: new Date() });
    } catch (error) {
      throw isUniqueViolation(error) ? new LinkSpent() : error;
    }
  }

  private record(
    manager: EntityManager,
    type: 'user.email_change_request' | 'user.email_change',
    { id }: User,
    origin: RequestOrigin,
  ): Promise<void> {
    return this.audit.record(manager, { type, actorId: id, subjectId: id, origin });
  }
}
