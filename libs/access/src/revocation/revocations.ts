import type { VerifiedToken } from '@gatehouse/tokens';

/**
 * What is known here about tokens that ended before their time. The guard asks on every request, so every answer
 * comes from memory.
 *
 * @example
 * AccessModule.forRoot({ …, revocation: 'off' }); // nothing is ever revoked: NoRevocations
 */
export interface Revocations {
  /** Moves on with every entry; until it does, what was found good stays good. */
  readonly epoch: number;
  /** Whether what is known is fresh enough to rely on; while it is not, the guard answers 503. */
  readonly current: boolean;
  /** Whether the token was ended by what is known. */
  covers(token: Pick<VerifiedToken, 'claims' | 'kid'>): boolean;
}

/** The injection token of the service's {@link Revocations}. */
export const REVOCATIONS = Symbol('Revocations');
