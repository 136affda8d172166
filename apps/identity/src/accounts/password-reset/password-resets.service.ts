import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { LinkSpent } from '../links/link.errors.js';
import { OneTimeTokens } from '../links/one-time.tokens.js';
import { Passwords } from '../passwords/passwords.service.js';
import { changeUser } from '../user.change.js';
import { User } from '../user.entity.js';
import { UsersRepository } from '../users.repository.js';
import { PasswordReplacement } from './password.replacement.js';

/** Sets passwords by the link that was sent to a user's address. */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokens,
    private readonly passwords: Passwords,
    private readonly replacement: PasswordReplacement,
  ) {}

  /**
   * Sets a new password and ends every session. It confirms the address as well: the link was read there.
   *
   * @param token of the link in the mail; it is used up once the password is set
   * @throws LinkSpent, PasswordRefused, HashingOverloaded
   */
  async reset(token: string, password: string, origin: RequestOrigin): Promise<void> {
    const link = await this.tokens.get(token, ['password_reset']);
    const owner = await this.users.findById(link.userId);
    if (!owner) throw new LinkSpent();
    const digest = await this.passwords.digestOf(password, owner.email);
    await this.database.transaction(async (manager) => {
      const user = await this.users.hold(manager, owner.id);
      await this.tokens.redeem(manager, link);
      await this.confirm(manager, user);
      await this.replacement.replace(manager, user, digest, { type: 'user.password_reset', origin });
    });
  }

  private async confirm(manager: EntityManager, { id, emailConfirmedAt }: User): Promise<void> {
    if (!emailConfirmedAt) await changeUser(manager, id, { emailConfirmedAt: new Date() });
  }
}
