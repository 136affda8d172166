import type { RevocationDto } from '@gatehouse/contracts';
import type { VerifiedToken } from '@gatehouse/tokens';

/**
 * How well the revocations are known, for health and metrics.
 *
 * @example
 * const { connected, staleness } = revocations.status;
 */
export interface RevocationsStatus {
  /** Whether each new one is told as it happens. */
  readonly connected: boolean;
  /** How many are known. */
  readonly entries: number;
  /** Seconds since it was last certain that none is missing; infinite before the first time. */
  readonly staleness: number;
}

/**
 * Told of a revocation as it becomes known here; of none when so many came at once that it is not said which.
 *
 * @example
 * const listener: RevocationListener = (revocation) => (revocation ? cache.drop(revocation.id) : cache.clear());
 */
export type RevocationListener = (revocation: RevocationDto | undefined) => void;

/**
 * What is known here about tokens that ended before their time. The guard asks on every request, so every answer
 * comes from memory.
 *
 * @example
 * constructor(@Inject(REVOCATIONS) revocations: Revocations) {
 *   revocations.subscribe((revocation) => cache.purge(revocation));
 * }
 */
export interface Revocations {
  /** Moves on with every entry; until it does, what was found good stays good. */
  readonly epoch: number;
  /** Whether what is known is fresh enough to rely on; while it is not, the guard answers 503. */
  readonly current: boolean;
  readonly status: RevocationsStatus;
  /** Whether the token was ended by what is known. */
  covers(token: Pick<VerifiedToken, 'claims' | 'kid'>): boolean;
  /**
   * From now on the listener hears of what becomes known: for what else has to go with a session, such as caches.
   *
   * @example
   * revocations.subscribe((revocation) => cache.purge(revocation));
   */
  subscribe(listener: RevocationListener): void;
}

/**
 * The injection token of the service's {@link Revocations}.
 *
 * @example
 * constructor(@Inject(REVOCATIONS) private readonly revocations: Revocations) {}
 */
export const REVOCATIONS = Symbol('Revocations');
