import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../identity.config.js';
import { type Budget, type Counter, countFailures } from './budget.js';
import { Budgets } from './budgets.js';
import { LimitKeys } from './limit.keys.js';

const WINDOW = 15 * 60;
/** How many accounts somebody behind one network address may fail at. */
const ACCOUNTS_PER_NETWORK = 10;
/** How long a place is remembered that somebody signed in from; timers know no more than 24 days. */
const KNOWN_FOR = 21 * 86_400;

/**
 * How often somebody may fail to sign in: at one account, known or not, and from one network address. Who has signed in
 * from where they are has an allowance there of their own, which strangers elsewhere cannot use up.
 */
@Injectable()
export class SignInLimits {
  private readonly perAccount: Budget;
  private readonly perNetwork: Budget;
  private readonly perKnownPlace: Budget;
  private readonly knownPlaces: Budget;
  private readonly unlockings: Budget;

  constructor(
    private readonly keys: LimitKeys,
    budgets: Budgets,
    { loginMaxFailures }: IdentityConfig,
  ) {
    // Told by one name: whether the user has been there before is nobody's business.
    const failures = {
      points: loginMaxFailures,
      seconds: WINDOW,
      onSuccess: 'all',
      told: 'sign-ins',
    } as const;
    const notes = { points: Number.MAX_SAFE_INTEGER };
    this.perAccount = budgets.of({ ...failures, name: 'account' });
    this.perKnownPlace = budgets.of({ ...failures, name: 'known-place' });
    this.perNetwork = budgets.of({
      name: 'network',
      points: loginMaxFailures * ACCOUNTS_PER_NETWORK,
      seconds: WINDOW,
      told: 'sign-ins-from-here',
    });
    this.knownPlaces = budgets.of({ ...notes, name: 'place', seconds: KNOWN_FOR });
    this.unlockings = budgets.of({ ...notes, name: 'unlocking', seconds: WINDOW });
  }

  /**
   * Signs in, if that may still be tried.
   *
   * @param isFailure tells whether address and password did not belong together
   * @throws TooManyRequests whatever the password
   */
  async attempt<T>(
    email: string,
    address: string,
    isFailure: (error: unknown) => boolean,
    signIn: () => Promise<T>,
  ): Promise<T> {
    const counters = await this.countersOf(email, address);
    const result = await countFailures(counters, isFailure, signIn);
    await this.knownPlaces.note(this.placeOf(email, address));
    return result;
  }

  /** Lets somebody try again from everywhere. */
  async unlock(email: string): Promise<void> {
    await this.unlockings.spend(this.keys.ofAccount(email));
  }

  /** Lets the owner in who has just shown to be it otherwise. */
  async welcome(email: string, address: string): Promise<void> {
    await this.unlock(email);
    await this.knownPlaces.note(this.placeOf(email, address));
  }

  private async countersOf(email: string, address: string): Promise<Counter[]> {
    const account = this.keys.ofAccount(email);
    const place = this.placeOf(email, address);
    const [isKnown, unlockings] = await Promise.all([
      this.knownPlaces.spent(place),
      this.unlockings.spent(account),
    ]);
    if (isKnown) return [{ budget: this.perKnownPlace, key: `${place}:${unlockings}` }];
    return [
      { budget: this.perNetwork, key: this.keys.ofNetwork(address) },
      // Counted anew after an unlocking, which lives as long as what was counted before.
      { budget: this.perAccount, key: `${account}:${unlockings}` },
    ];
  }

  private placeOf(email: string, address: string): string {
    return `${this.keys.ofAccount(email)}:${this.keys.ofNetwork(address)}`;
  }
}
