import { Unavailable } from '@gatehouse/contracts';
import {
  bulkhead,
  circuitBreaker,
  CountBreaker,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  isTaskCancelledError,
  retry,
} from 'cockatiel';
import { waitFor } from './deadline.js';
import { UpstreamAnswer } from './upstream.answer.js';
import { UpstreamFailed, UpstreamTimedOut } from './upstream.errors.js';

/** How a call may be made. */
export interface Attempt {
  /** It may be made twice without harm (RFC 9110 §9.2.2). */
  idempotent: boolean;
  signal: AbortSignal;
}

/** What protects one upstream from us and us from it: so many calls at a time, a few tries, and a circuit breaker. */
export class UpstreamPolicy {
  readonly #places = bulkhead(100, 1_000);
  // Opens when more than half of the last 20 calls failed, or of the first five, and lets one through every second to see.
  readonly #breaker = circuitBreaker(handleWhen(isSick).orWhenResult(isSickness), {
    breaker: new CountBreaker({ threshold: 0.5, size: 20, minimumNumberOfCalls: 5 }),
    halfOpenAfter: 1_000,
  });
  readonly #retry = retry(handleWhen(isPassing).orWhenResult(isPassingAnswer), {
    maxAttempts: 2,
    backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 250 }), // with decorrelated jitter
  });

  /** @throws Unavailable when the call is not even made; whatever the attempt throws otherwise */
  async execute<T>(
    attempt: () => Promise<UpstreamAnswer<T>>,
    { idempotent, signal }: Attempt,
  ): Promise<UpstreamAnswer<T>> {
    let last: Promise<UpstreamAnswer<T>> | undefined;
    const once = (): Promise<UpstreamAnswer<T>> => {
      const outcome = attempt();
      const remember = (): void => {
        last = outcome;
      };
      outcome.then(remember, remember);
      return outcome;
    };
    const tries = idempotent ? () => this.#retry.execute(once, signal) : once;
    try {
      return await waitFor(
        this.#places.execute(() => this.#breaker.execute(tries, signal), signal),
        signal,
      );
    } catch (error) {
      // The time was up between two tries: what came of the one before says more.
      if (error instanceof UpstreamTimedOut && last) return last;
      throw refusalOf(error) ?? error;
    }
  }
}

function isSick(error: unknown): boolean {
  return error instanceof UpstreamFailed || error instanceof UpstreamTimedOut;
}

function isSickness(answer: unknown): boolean {
  return answer instanceof UpstreamAnswer && answer.status >= 500;
}

function isPassing(error: unknown): boolean {
  return error instanceof UpstreamFailed && error.unreached;
}

/** Who says when to come back is not asked again before. */
function isPassingAnswer(answer: unknown): boolean {
  return (
    answer instanceof UpstreamAnswer &&
    [502, 503, 504].includes(answer.status) &&
    answer.headers['retry-after'] === undefined
  );
}

function refusalOf(error: unknown): Error | undefined {
  if (isTaskCancelledError(error)) return new UpstreamTimedOut();
  if (isBrokenCircuitError(error) || isBulkheadRejectedError(error))
    return new Unavailable(undefined, { cause: error });
  return undefined;
}
