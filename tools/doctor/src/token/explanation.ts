import type { TokenCase } from './token.case.ts';

/** Every reason there is. */
export type Reason =
  | 'accepted'
  | 'service-away'
  | 'not-guarded'
  | 'not-an-access-token'
  | 'malformed'
  | 'wrong-type'
  | 'wrong-issuer'
  | 'keys-unavailable'
  | 'retired-key'
  | 'unknown-key'
  | 'bad-signature'
  | 'wrong-audience'
  | 'expired'
  | 'not-yet-valid'
  | 'revoked'
  | 'missing-scope'
  | 'missing-role'
  | 'csrf'
  | 'not-synced'
  | 'unexplained';

/** Why a service takes a token or refuses it. Quotes no token. */
export interface Explanation {
  readonly reason: Reason;
  readonly cause: string;
  readonly remedy: string;
}

/** One thing that may be the reason; undefined where it is not. */
export type Step = (of: TokenCase) => Explanation | undefined | Promise<Explanation | undefined>;
