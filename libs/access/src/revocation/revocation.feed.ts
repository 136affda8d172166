import type { RevocationDto, RevocationSnapshotDto } from '@gatehouse/contracts';

/** What the feed tells, in order. */
export type FeedMessage =
  | { type: 'revocation'; position: number; revocation: RevocationDto }
  /** All that was committed up to this position has been told. */
  | { type: 'synced'; position: number }
  /** The position asked for is unknown: a snapshot is needed. */
  | { type: 'reset' }
  /** Nothing new, but the other end is there. */
  | { type: 'alive' };

/** Identity's revocation feed, as a guard sees it. */
export interface RevocationFeed {
  /** @throws FeedFailed */
  page(after: number, signal: AbortSignal): Promise<RevocationSnapshotDto>;
  /**
   * Ends when the other end ends it.
   *
   * @throws FeedFailed
   */
  follow(after: number, signal: AbortSignal): AsyncIterable<FeedMessage>;
}

/** The feed was not to be had, or is none. `message` is for the log, and names no secret. */
export class FeedFailed extends Error {
  override readonly name = 'FeedFailed';
}

/**
 * A revocation as it came, once it is known to be one. A kind that is not known here is good, too: nothing asks for it.
 *
 * @throws FeedFailed
 */
export function checkedRevocation(value: unknown): RevocationDto {
  const { kind, id, expires_at, before } = (value ?? {}) as Partial<RevocationDto>;
  const wellFormed =
    typeof kind === 'string' &&
    typeof id === 'string' &&
    Number.isFinite(expires_at) &&
    (before === undefined || Number.isFinite(before));
  if (!wellFormed) throw new FeedFailed('a revocation cannot be read');
  return value as RevocationDto;
}
