import { Unavailable } from '@gatehouse/contracts';

/**
 * The issuer's keys could not be fetched, so whether the token is good is unknown: 503 with `Retry-After`, not 401.
 *
 * @example
 * throw new KeysUnavailable({ retryAfter: 2, cause: error });
 */
export class KeysUnavailable extends Unavailable {
  constructor(options: { retryAfter?: number; cause?: unknown } = {}) {
    super('Tokens cannot be verified right now. Try again shortly.', options);
  }
}
