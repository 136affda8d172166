import type { GuardedRequest } from './guarded.request.js';

/**
 * One way a request can carry a token.
 *
 * @returns the token, unchecked; undefined when this carrier is not used
 * @throws Ambiguous when it is used in a way that could mean two tokens
 */
export type Carrier = (request: GuardedRequest) => string | undefined;

/** A carrier found more than one value where there may be one. `message` is for the log. */
export class Ambiguous extends Error {
  override readonly name = 'Ambiguous';
}
