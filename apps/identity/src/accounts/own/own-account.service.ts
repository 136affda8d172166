import { NotFound, type UpdateOwnAccountRequest } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../audit/request.origin.js';
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
  ) {}

  /** @throws NotFound when there is no such user any more */
  async get(userId: string): Promise<User> {
    const user = await this.users.findById(userId);
    if (!user) throw new NotFound('This account is no more.');
    return user;
  }

  /** Changes what is given. A new address is used only once it is confirmed. */
  update(userId: string, { locale, email }: UpdateOwnAccountRequest, origin: RequestOrigin): Promise<User> {
    return this.database.transaction(async (manager) => {
      const user = await this.users.hold(manager, userId);
      if (locale !== undefined) await manager.update(User, { id: userId }, { locale });
      if (email !== undefined) await this.emailChanges.request(manager, user, email, origin);
      return Object.assign(user, locale && { locale });
    });
  }
}
