import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit.trail.js';
import { MailOutbox } from '../mail/mail.outbox.js';
import { User } from './user.entity.js';
import { UserAccess } from './user.access.js';

/** Deletes accounts. The audit trail stays, without anything about the person but the id. */
@Injectable()
export class AccountDeletion {
  constructor(
    private readonly access: UserAccess,
    private readonly outbox: MailOutbox,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Ends all that the user has and removes it.
   *
   * @param user whose row is held
   * @param actorId who deletes it: the user, or an admin
   */
  async delete(manager: EntityManager, { id }: User, actorId: string): Promise<void> {
    await this.access.end(manager, id);
    await this.outbox.forget(manager, id);
    await this.audit.forgetOrigins(manager, id);
    await this.audit.record(manager, { type: 'user.deletion', actorId, subjectId: id });
    await manager.delete(User, { id });
  }
}
