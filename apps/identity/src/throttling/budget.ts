import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Allowance } from './allowance.js';
import { TooManyRequests } from './too-many-requests.error.js';

/** How much of something there is. */
export interface BudgetTerms {
  /** What is counted, in one word. */
  readonly name: string;
  readonly points: number;
  /** How long what is spent stays spent. */
  readonly seconds: number;
  /** What a success gives back: all that was spent, or what this attempt spent. */
  readonly onSuccess?: 'all' | 'one';
  /** What callers are told it is; they are told nothing where it is left out. */
  readonly told?: string;
}

/** What may be tried how often, for each key by itself. */
export class Budget {
  constructor(
    private readonly limiter: RateLimiterAbstract,
    private readonly terms: BudgetTerms,
    /** Hears of each refusal. */
    private readonly onRefusal: () => void,
  ) {}

  /**
   * Counts an attempt. It comes before the attempt, so that many at once are no more than there may be.
   *
   * @returns what is left
   * @throws TooManyRequests
   */
  async spend(key: string): Promise<Allowance> {
    try {
      return this.allowance(await this.limiter.consume(key));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      this.onRefusal();
      const { name, points } = this.terms;
      throw new TooManyRequests(name, refusal.consumedPoints === points + 1, this.allowance(refusal));
    }
  }

  async giveBack(key: string): Promise<void> {
    await this.limiter.reward(key);
  }

  async succeed(key: string): Promise<void> {
    await (this.terms.onSuccess === 'all' ? this.limiter.delete(key) : this.limiter.reward(key));
  }

  /** Has something spent from now on, whatever was before. */
  async note(key: string): Promise<void> {
    await this.limiter.set(key, 1, this.terms.seconds);
  }

  /** How much was spent. */
  async spent(key: string): Promise<number> {
    return (await this.limiter.get(key))?.consumedPoints ?? 0;
  }

  private allowance({ remainingPoints, msBeforeNext }: RateLimiterRes): Allowance {
    const { told: name, points, seconds } = this.terms;
    const resetIn = Math.max(1, Math.ceil(msBeforeNext / 1_000));
    return { name, points, seconds, left: Math.min(points, remainingPoints), resetIn };
  }
}

/** One of the counters of an attempt. */
export interface Counter {
  readonly budget: Budget;
  readonly key: string;
}

/**
 * Does what may fail so many times only.
 *
 * @param isFailure tells which errors count: what fails for other reasons is given back
 * @throws TooManyRequests, and nothing was done
 */
export async function countFailures<T>(
  counters: readonly Counter[],
  isFailure: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  for (const { budget, key } of counters) await budget.spend(key);
  try {
    const result = await work();
    await Promise.all(counters.map(({ budget, key }) => budget.succeed(key)));
    return result;
  } catch (error) {
    if (!isFailure(error)) await Promise.all(counters.map(({ budget, key }) => budget.giveBack(key)));
    throw error;
  }
}
