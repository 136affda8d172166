import { UpstreamTimedOut } from './upstream.errors.js';

/**
 * The outcome of work that is shared with others: it is waited for until the signal aborts, and goes on without us.
 *
 * @throws UpstreamTimedOut when the signal aborts first
 */
export function waitFor<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new UpstreamTimedOut());
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
