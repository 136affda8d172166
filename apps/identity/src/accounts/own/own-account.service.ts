import type { Principal } from '@gatehouse/access';
import { NotFound, type UpdateOwnAccountRequest } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { holdSignIn } from '../../clients/api-keys/sign-in.hold.js';
import { SignedInPeople } from '../../clients/api-keys/signed-in.people.js';
import { changeUser } from '../user.change.js';
import { User } from '../user.entity.js';
import { UsersRepository } from '../users.repository.js';
import { EmailChanges } from './email-changes.service.js';

/** What users see and change of their own account. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly emailChanges: EmailChanges,
    private readonly signedIn: SignedInPeople,
  ) {}

  /** @throws NotFound when there is no such user any more */
  async get(userId: string): Promise<User> {
    const user = await this.users.findById(userId);
    if (!user) throw new NotFound('This account is no more.');
    return user;
  }

  /**
   * As {@link get}, for what only people do who signed in.
   *
   * @throws NotSignedIn, NotFound
   */
  async getSignedIn(principal: Principal): Promise<User> {
    await this.signedIn.require(principal);
    return this.get(principal.id);
  }

  /**
   * Changes what is given. A new address is used only once it is confirmed.
   *
   * @throws NotSignedIn, InvalidToken where the address is to change
   */
  async update(
    principal: Principal,
    { locale, email }: UpdateOwnAccountRequest,
    origin: RequestOrigin,
  ): Promise<User> {
    if (email !== undefined) await this.signedIn.require(principal);
    const { id, sessionId } = principal;
    return this.database.transaction(async (manager) => {
      const user = await this.users.hold(manager, id);
      if (locale !== undefined) Object.assign(user, await changeUser(manager, id, { locale }));
      if (email !== undefined) {
        await holdSignIn(manager, sessionId!);
        await this.emailChanges.request(manager, user, email, origin);
      }
      return user;
    });
  }
}
