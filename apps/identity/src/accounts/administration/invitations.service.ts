import { type Locale, normalizedEmail } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit.trail.js';
import { AccountMails } from '../account.mails.js';
import { newUser } from '../new.user.js';
import type { Role, User } from '../user.entity.js';
import { UsersRepository } from '../users.repository.js';
import { holdActor } from './acting.admin.js';
import { AddressTaken } from './administration.errors.js';
import type { AdministrativeAct } from './administrative.act.js';

/** For whom an account is made. */
export interface Invitation {
  email: string;
  roles: Role[];
  locale: Locale;
}

/** Makes accounts for others. Their owners set the password by a link, and cannot sign in before. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly mails: AccountMails,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws AddressTaken, NoLongerAdmin */
  invite({ email, roles, locale }: Invitation, act: AdministrativeAct): Promise<User> {
    const { actorId, origin } = act;
    const user = newUser({ email: normalizedEmail(email), roles, locale, passwordResetRequired: true });
    return this.database.transaction(async (manager) => {
      await holdActor(manager, act);
      if (!(await this.users.add(manager, user))) throw new AddressTaken();
      await this.mails.newPassword(manager, 'invitation', user);
      const details = { roles: roles.join(' ') };
      await this.audit.record(manager, {
        type: 'user.invitation',
        actorId,
        subjectId: user.id,
        details,
        origin,
      });
      return user;
    });
  }
}
