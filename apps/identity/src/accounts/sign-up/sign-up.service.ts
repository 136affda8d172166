import type { Locale, SignUpRequest } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../audit/audit.trail.js';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { AccountMails } from '../account.mails.js';
import { newUser } from '../new.user.js';
import { Passwords } from '../passwords/passwords.service.js';
import { User } from '../user.entity.js';
import { UsersRepository } from '../users.repository.js';

/** Lets people make an account. */
@Injectable()
export class SignUp {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly mails: AccountMails,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Makes an account that waits for its address to be confirmed. Where the address has one already nothing changes but
   * that its owner is told, with the same work done: only the mail tells which.
   *
   * @param preferred the language, where the request names none
   * @throws PasswordRefused, HashingOverloaded
   */
  async signUp(request: SignUpRequest, preferred: Locale, origin: RequestOrigin): Promise<void> {
    const { email, password, locale = preferred } = request;
    const passwordDigest = await this.passwords.digestOf(password, email);
    const user = newUser({ email, locale, passwordDigest });
    await this.database.transaction((manager) => this.add(manager, user, origin));
  }

  private async add(manager: EntityManager, user: User, origin: RequestOrigin): Promise<void> {
    const isNew = await this.users.add(manager, user);
    const owner = await manager.findOneByOrFail(User, { email: user.email });
    if (isNew) await this.mails.confirmation(manager, owner, user.email);
    else await this.mails.newPassword(manager, 'address_taken', owner, user.email);
    await this.audit.record(manager, {
      type: 'user.sign_up',
      outcome: isNew ? 'success' : 'failure',
      subjectId: owner.id,
      origin,
    });
  }
}
