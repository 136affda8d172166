import { ValidationFailed } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { PasswordLimits } from '../../throttling/password.limits.js';
import { PasswordHasher } from '../hashing/password.hasher.js';
import { LockOuts } from '../lock.outs.js';
import type { User } from '../user.entity.js';
import { PasswordRules } from './password.rules.js';

/** Whoever is signed in gave a current password that is not theirs. */
export class WrongPassword extends ValidationFailed {
  /** @param field the member of the request that carried it */
  constructor(field: string) {
    super({ [field]: [`${field} is wrong`] });
  }
}

/** The passwords of users: new ones, and the current one where it is asked for once more. */
@Injectable()
export class Passwords {
  constructor(
    private readonly rules: PasswordRules,
    private readonly hasher: PasswordHasher,
    private readonly limits: PasswordLimits,
    private readonly lockOuts: LockOuts,
  ) {}

  /**
   * The digest of a new password. It takes its time: call it outside of transactions.
   *
   * @param email the address of whose password it is to be
   * @throws PasswordRefused, HashingOverloaded
   */
  async digestOf(password: string, email: string): Promise<string> {
    this.rules.check(password, email);
    return this.hasher.hash(password);
  }

  /** @throws WrongPassword, TooManyRequests, HashingOverloaded */
  async confirm(
    { id, passwordDigest }: User,
    password: string,
    field: string,
    origin: RequestOrigin,
  ): Promise<void> {
    try {
      await this.limits.attempt(id, isWrong, async () => {
        if (!(await this.hasher.verify(password, passwordDigest))) throw new WrongPassword(field);
      });
    } catch (error) {
      await this.lockOuts.note(error, origin, () => Promise.resolve(id));
      throw error;
    }
  }
}

function isWrong(error: unknown): boolean {
  return error instanceof WrongPassword;
}
