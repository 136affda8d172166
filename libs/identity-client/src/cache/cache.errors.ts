import { Unavailable } from '@gatehouse/contracts';
import { AxiosError, type InternalAxiosRequestConfig } from 'axios';
import { UpstreamFailed, UpstreamTimedOut } from '../upstream/upstream.errors.js';
import type { CachedAnswer } from './cached.answer.js';
import type { CacheTimes } from './cache.times.js';

/**
 * An error in the words of axios-cache-interceptor, with the real one as its `cause`: of any other it would take no
 * notice, and leave those who wait for the same answer waiting for ever.
 */
export function cacheErrorOf(error: unknown, config: InternalAxiosRequestConfig): AxiosError {
  const wrapped = new AxiosError('The upstream failed.', 'ERR_UPSTREAM', config);
  wrapped.cause = error as Error;
  return wrapped;
}

/** Whether an answer past its time may be given: the upstream is in trouble, and did not refuse (RFC 5861 §4). */
export function mayStandIn(
  error: unknown,
  kept: CachedAnswer,
  { fresh, staleIfError = 0 }: CacheTimes,
): boolean {
  return isTrouble(error) && Date.now() < kept.validatedAt + (fresh + staleIfError) * 1_000;
}

function isTrouble(error: unknown): boolean {
  if (error instanceof UpstreamFailed) return (error.upstreamStatus ?? 500) >= 500;
  return error instanceof UpstreamTimedOut || error instanceof Unavailable;
}
