import { type DomainError, Unavailable } from '@gatehouse/contracts';
import type { UpstreamAnswer } from './upstream.answer.js';
import {
  CallerRefused,
  INVALID_TOKEN_CHALLENGE,
  UpstreamFailed,
  UpstreamTimedOut,
} from './upstream.errors.js';

/** The longest that a caller is asked to wait, in seconds, whatever an upstream says. */
const LONGEST_WAIT = 60;

/** What a call was made for, as far as its outcome goes. */
export interface Purpose {
  /** It carried a caller's credential: a refusal is that caller's own. */
  forCaller: boolean;
  /** It carried a validator: that nothing has changed is a success (RFC 9110 §15.4.5). */
  conditional: boolean;
}

/** The answer itself when it is a success, or the error it means to whoever asked us. */
export function successOf<T>(
  answer: UpstreamAnswer<T>,
  { forCaller, conditional }: Purpose,
): UpstreamAnswer<T> {
  if (answer.status >= 200 && answer.status < 300) return answer;
  if (answer.status === 304 && conditional) return answer;
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
  const challenge = headers['www-authenticate'];
  return challenge === undefined ? INVALID_TOKEN_CHALLENGE : { 'WWW-Authenticate': challenge };
}
