import type { Principal } from '@gatehouse/access';
import { Forbidden, NotFound, type UpdateOwnAccountRequest } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { ApiKeys } from '../../clients/api-keys/api-keys.service.js';
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
    private readonly apiKeys: ApiKeys,
  ) {}

  /** @throws NotFound when there is no such user any more */
  async get(userId: string): Promise<User> {
    const user = await this.users.findById(userId);
    if (!user) throw new NotFound('This account is no more.');
    return user;
  }

  /**
   * Changes what is given. A new address is used only once it is confirmed.
   *
   * @throws Forbidden where an API key would change the address: whoever has a key could else take the account over
   */
  async update(
    { id, sessionId }: Principal,
    { locale, email }: UpdateOwnAccountRequest,
    origin: RequestOrigin,
  ): Promise<User> {
    if (email !== undefined && sessionId && (await this.apiKeys.isLive(sessionId))) {
      throw new Forbidden('An API key cannot change the address. Sign in to do so.');
    }
    return this.database.transaction(async (manager) => {
      const user = await this.users.hold(manager, id);
      if (locale !== undefined) Object.assign(user, await changeUser(manager, id, { locale }));
      if (email !== undefined) await this.emailChanges.request(manager, user, email, origin);
      return user;
    });
  }
}
