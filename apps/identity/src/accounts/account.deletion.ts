import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit.trail.js';
import { MailOutbox } from '../mail/mail.outbox.js';
import type { AdministrativeAct } from './administration/administrative.act.js';
import { OneTimeTokens } from './links/one-time.tokens.js';
import { User } from './user.entity.js';
import { UserAccess } from './user.access.js';

/** Deletes accounts. The audit trail stays, without anything about the person but the id. */
@Injectable()
export class AccountDeletion {
  constructor(
    private readonly access: UserAccess,
    private readonly tokens: OneTimeTokens,
    private readonly outbox: MailOutbox,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Ends all that the user has and removes it.
   *
   * @param user whose row is held
   * @param act who deletes it; where a user did it from goes with the user
   */
  async delete(manager: EntityManager, { id }: User, { actorId, origin }: AdministrativeAct): Promise<void> {
    await this.access.end(manager, id);
    await this.tokens.forget(manager, id);
    await this.outbox.forget(manager, id);
    await this.audit.forgetOrigins(manager, id);
    await this.audit.record(manager, {
      type: 'user.deletion',
      actorId,
      subjectId: id,
      origin,
    });
    await manager.delete(User, { id });
  }
}
