import { type DomainError, Unavailable } from '@gatehouse/contracts';
import type { UpstreamAnswer } from './upstream.answer.js';
import { CallerRefused, UpstreamFailed, UpstreamTimedOut } from './upstream.errors.js';

/** The longest that a caller is asked to wait, in seconds, whatever an upstream says. */
const LONGEST_WAIT = 60;

/**
 * The answer itself when it is a success, or the error it means to whoever asked us.
 *
 * @param forCaller the call carried a caller's credential; a refusal is then that caller's own
 */
export function successOf<T>(answer: UpstreamAnswer<T>, forCaller: boolean): UpstreamAnswer<T> {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw (forCaller && refusalOf(answer)) || failureOf(answer);
}

function refusalOf(answer: UpstreamAnswer<unknown>): DomainError | undefined {
  switch (answer.status) {
    case 401:
      return new CallerRefused('invalid_token', 'The credential is not valid.', challengeOf(answer));
    case 403:
      return answer.textOf('code') === 'insufficient_scope'
        ? new CallerRefused('insufficient_scope', 'The credential does not cover this.', challengeOf(answer))
        : new CallerRefused('forbidden', 'You may not do this.');
    case 404:
      return new CallerRefused('not_found', 'There is nothing at this address.');
    default:
      return undefined;
  }
}

function failureOf({ status, headers }: UpstreamAnswer<unknown>): DomainError {
  if (status === 504) return new UpstreamTimedOut();
  if (status !== 503) return new UpstreamFailed({ upstreamStatus: status });
  const wait = Number(headers['retry-after']);
  return new Unavailable(undefined, { retryAfter: wait >= 1 ? Math.min(Math.ceil(wait), LONGEST_WAIT) : 1 });
}

function challengeOf({ headers }: UpstreamAnswer<unknown>): Record<string, string> {
  return { 'WWW-Authenticate': headers['www-authenticate'] ?? 'Bearer error="invalid_token"' };
}
