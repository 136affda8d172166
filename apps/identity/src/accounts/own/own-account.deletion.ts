import type { Principal } from '@gatehouse/access';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { AccountDeletion } from '../account.deletion.js';
import { Passwords, WrongPassword } from '../passwords/passwords.service.js';
import { UsersRepository } from '../users.repository.js';
import { OwnAccount } from './own-account.service.js';
import { holdRemainingAdmin } from './remaining.admin.js';

/** Lets users delete their own account. */
@Injectable()
export class OwnAccountDeletion {
  constructor(
    private readonly database: Database,
    private readonly account: OwnAccount,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly deletion: AccountDeletion,
  ) {}

  /** @throws NotSignedIn, WrongPassword, LastAdmin, HashingOverloaded */
  async delete(principal: Principal, password: string, origin: RequestOrigin): Promise<void> {
    const known = await this.account.getSignedIn(principal);
    await this.passwords.confirm(known, password, 'password', origin);
    await this.database.transaction(async (manager) => {
      const user = await this.users.hold(manager, known.id);
      if (user.passwordDigest !== known.passwordDigest) throw new WrongPassword('password');
      await holdRemainingAdmin(manager, user);
      await this.deletion.delete(manager, user, { actorId: user.id });
    });
  }
}
