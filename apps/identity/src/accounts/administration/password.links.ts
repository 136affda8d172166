import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit.trail.js';
import { AccountMails } from '../account.mails.js';
import { UsersRepository } from '../users.repository.js';
import type { AdministrativeAct } from './administrative.act.js';

/** Links to set a password by that reach their users by other means than a mail, where none can be sent. */
@Injectable()
export class PasswordLinks {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly mails: AccountMails,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * A link that works once, for ten minutes. Whoever has it has the account.
   *
   * @throws NotFound
   */
  issue(userId: string, { actorId, origin }: AdministrativeAct): Promise<string> {
    return this.database.transaction(async (manager) => {
      const { id } = await this.users.hold(manager, userId);
      const details = { by: 'link' };
      await this.audit.record(manager, {
        type: 'user.password_reset_request',
        actorId,
        subjectId: id,
        details,
        origin,
      });
      return this.mails.passwordLink(manager, id);
    });
  }
}
