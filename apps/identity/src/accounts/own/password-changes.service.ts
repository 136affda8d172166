import type { ChangePasswordRequest } from '@gatehouse/contracts';
import type { Principal } from '@gatehouse/access';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { Passwords, WrongPassword } from '../passwords/passwords.service.js';
import { PasswordReplacement } from '../password-reset/password.replacement.js';
import { UsersRepository } from '../users.repository.js';
import { OwnAccount } from './own-account.service.js';

/** Changes the password of whoever knows the current one. */
@Injectable()
export class PasswordChanges {
  constructor(
    private readonly database: Database,
    private readonly account: OwnAccount,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly replacement: PasswordReplacement,
  ) {}

  /**
   * Sets a new password and ends the user's other sessions.
   *
   * @throws NotSignedIn, WrongPassword, PasswordRefused, HashingOverloaded
   */
  async change(
    principal: Principal,
    { current_password, password }: ChangePasswordRequest,
    origin: RequestOrigin,
  ): Promise<void> {
    const known = await this.account.getSignedIn(principal);
    await this.passwords.confirm(known, current_password, 'current_password', origin);
    const digest = await this.passwords.digestOf(password, known.email);
    await this.database.transaction(async (manager) => {
      const user = await this.users.hold(manager, known.id);
      // Somebody else was quicker: what was the current one is not any more.
      if (user.passwordDigest !== known.passwordDigest) throw new WrongPassword('current_password');
      const terms = { type: 'user.password_change', keep: principal.sessionId, origin } as const;
      await this.replacement.replace(manager, user, digest, terms);
    });
  }
}
