import { Injectable } from '@nestjs/common';
import type { Allowance } from './allowance.js';
import type { Budget } from './budget.js';
import { Budgets } from './budgets.js';
import { LimitKeys } from './limit.keys.js';
import { TooManyRequests } from './too-many-requests.error.js';

/** Requests from one network address in a quarter of an hour. */
const REQUESTS = { name: 'request', told: 'requests', points: 100, seconds: 15 * 60 };

/**
 * Mails to one address while a link for a new password works. Whoever asks when there are no more has one in the
 * mailbox that still works, so nobody can keep somebody else from getting one.
 */
const MAILS = { name: 'mail', points: 5, seconds: 10 * 60 };

/** How often people who are not signed in may ask for something, and how much mail anybody gets by that. */
@Injectable()
export class RequestLimits {
  private readonly requests: Budget;
  private readonly mails: Budget;

  constructor(
    private readonly keys: LimitKeys,
    budgets: Budgets,
  ) {
    this.requests = budgets.of(REQUESTS);
    this.mails = budgets.of(MAILS);
  }

  /**
   * @returns what is left
   * @throws TooManyRequests
   */
  admit(address: string): Promise<Allowance> {
    return this.requests.spend(this.keys.ofNetwork(address));
  }

  /** Counts a mail that somebody asked for, whoever has the address, and says whether it may be sent. */
  async mayMail(email: string): Promise<boolean> {
    try {
      await this.mails.spend(this.keys.ofAccount(email));
      return true;
    } catch (error) {
      if (error instanceof TooManyRequests) return false;
      throw error;
    }
  }
}
