import { UpstreamTimedOut } from './upstream.errors.js';

/**
 * The outcome of work that is shared with others: it is waited for until the signal aborts, and goes on without us.
 *
 * @throws UpstreamTimedOut when the signal aborts first
 */
export function waitFor<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new UpstreamTimedOut());
    // Whether or not it is still waited for: work that fails with nobody listening would end the process.
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
