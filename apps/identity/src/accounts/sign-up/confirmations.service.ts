import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../audit/audit.trail.js';
import type { RequestOrigin } from '../../audit/request.origin.js';
import type { OneTimeToken } from '../links/one-time-token.entity.js';
import { OneTimeTokens } from '../links/one-time.tokens.js';
import { EmailChanges } from '../own/email-changes.service.js';
import { changeUser } from '../user.change.js';
import { User } from '../user.entity.js';
import { UsersRepository } from '../users.repository.js';

/** Confirms addresses: that of a new account, and the next one of an account that changes it. */
@Injectable()
export class Confirmations {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokens,
    private readonly emailChanges: EmailChanges,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @param token of the link in the mail
   * @throws LinkSpent
   */
  async confirm(token: string, origin: RequestOrigin): Promise<void> {
    const link = await this.tokens.get(token, ['confirmation', 'email_change']);
    await this.database.transaction(async (manager) => {
      const user = await this.users.hold(manager, link.userId);
      await this.tokens.redeem(manager, link);
      await this.use(manager, link, user, origin);
    });
  }

  private async use(
    manager: EntityManager,
    { email }: OneTimeToken,
    user: User,
    origin: RequestOrigin,
  ): Promise<void> {
    if (email !== null) return this.emailChanges.complete(manager, user, email, origin);
    await changeUser(manager, user.id, { emailConfirmedAt: user.emailConfirmedAt ?? new Date() });
    await this.audit.record(manager, { type: 'user.confirmation', subjectId: user.id, origin });
  }
}
