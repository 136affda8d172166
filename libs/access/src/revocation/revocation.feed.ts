import type { RevocationDto } from '@gatehouse/contracts';

/** What the feed tells, in order. */
export type FeedMessage =
  | { type: 'revocation'; position: number; revocation: RevocationDto }
  /** All that was committed up to this position has been told. */
  | { type: 'synced'; position: number }
  /** The position asked for is unknown: a snapshot is needed. */
  | { type: 'reset' }
  /** Nothing new, but the other end is there. */
  | { type: 'alive' };

/** One page of live revocations. */
export interface SnapshotPage {
  /** Where the next page, or else the feed, goes on. */
  readonly position: number;
  readonly more: boolean;
  readonly revocations: readonly RevocationDto[];
}

/** Identity's revocation feed, as a guard sees it. */
export interface RevocationFeed {
  /** @throws FeedFailed */
  page(after: number, signal: AbortSignal): Promise<SnapshotPage>;
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
