import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../identity.config.js';
import { type Budget, countFailures } from './budget.js';
import { Budgets } from './budgets.js';

const WINDOW = 15 * 60;

/** How often somebody who is signed in may give a wrong current password: whoever stole the session may try as well. */
@Injectable()
export class PasswordLimits {
  private readonly confirmations: Budget;

  constructor(budgets: Budgets, { loginMaxFailures: points }: IdentityConfig) {
    this.confirmations = budgets.of({
      name: 'confirmation',
      told: 'current-passwords',
      points,
      seconds: WINDOW,
      onSuccess: 'all',
    });
  }

  /** @throws TooManyRequests whatever the password */
  attempt(
    userId: string,
    isFailure: (error: unknown) => boolean,
    confirm: () => Promise<void>,
  ): Promise<void> {
    return countFailures([{ budget: this.confirmations, key: userId }], isFailure, confirm);
  }
}
