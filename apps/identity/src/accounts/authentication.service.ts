import { Injectable } from '@nestjs/common';
import {
  AccountDisabled,
  AccountUnconfirmed,
  InvalidCredentials,
  PasswordResetRequired,
} from './account.errors.js';
import type { RequestOrigin } from '../audit/request.origin.js';
import { PasswordHasher } from './hashing/password.hasher.js';
import { LockOuts } from './lock.outs.js';
import { SignInLimits } from '../throttling/sign-in.limits.js';
import type { User } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

/** A user whose password was right just now. */
export interface AuthenticatedUser {
  user: User;
  /** Of the same password, where the kept one is outdated. */
  newDigest?: string;
}

/** Tells whether an address and a password belong together. */
@Injectable()
export class Authentication {
  constructor(
    private readonly users: UsersRepository,
    private readonly hasher: PasswordHasher,
    private readonly limits: SignInLimits,
    private readonly lockOuts: LockOuts,
  ) {}

  /**
   * Finds the user of an email address and a password. Hashing happens here, outside any transaction.
   *
   * @throws TooManyRequests whatever the password, and whether or not the email address is known
   * @throws InvalidCredentials with the same work done whether or not the address is known
   * @throws AccountUnconfirmed, PasswordResetRequired, AccountDisabled after the right password alone
   */
  async authenticate(email: string, password: string, origin: RequestOrigin): Promise<AuthenticatedUser> {
    try {
      return await this.limits.attempt(email, origin.address, isWrong, () => this.check(email, password));
    } catch (error) {
      await this.lockOuts.note(error, origin, async () => (await this.users.findByEmail(email))?.id ?? null);
      throw error;
    }
  }

  private async check(email: string, password: string): Promise<AuthenticatedUser> {
    this.hasher.refuseIfFull();
    const user = await this.users.findByEmail(email);
    const matches = await this.hasher.verify(password, user?.passwordDigest);
    if (!matches || !user?.passwordDigest) throw new InvalidCredentials(user?.id);
    refuseUnlessActive(user);
    return this.hasher.isOutdated(user.passwordDigest)
      ? { user, newDigest: await this.hasher.hash(password) }
      : { user };
  }
}

function isWrong(error: unknown): boolean {
  return error instanceof InvalidCredentials;
}

function refuseUnlessActive(user: User): void {
  if (user.disabledAt) throw new AccountDisabled(user.id);
  if (user.passwordResetRequired) throw new PasswordResetRequired(user.id);
  if (!user.emailConfirmedAt) throw new AccountUnconfirmed(user.id);
}
