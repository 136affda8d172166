import { normalizedEmail, NotFound } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import type { Page, PageChoice } from '../../database/page.js';
import type { User } from '../user.entity.js';
import { UsersRepository } from '../users.repository.js';

/** What admins see of accounts. */
@Injectable()
export class AccountDirectory {
  constructor(private readonly users: UsersRepository) {}

  /** @param q how the address begins */
  list(choice: PageChoice, q?: string): Promise<Page<User>> {
    return this.users.findPage(choice, q && normalizedEmail(q));
  }

  /** @throws NotFound */
  async get(userId: string): Promise<User> {
    const user = await this.users.findById(userId);
    if (!user) throw new NotFound('There is no such user.');
    return user;
  }
}
