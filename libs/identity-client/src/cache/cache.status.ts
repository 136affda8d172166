/**
 * `hit`: given without asking; `miss`: the upstream gave it; `revalidated`: the upstream said that it still holds;
 * `stale`: given although it is past its time, since the upstream failed.
 */
export type CacheOutcomeKind = 'hit' | 'miss' | 'revalidated' | 'stale';

/** How an answer came about, as far as the cache goes. */
export interface CacheOutcome {
  kind: CacheOutcomeKind;
  /** The status the upstream answered with, where it was asked and did. */
  forwardStatus?: number | undefined;
  /** Another request was under way that the answer came with. */
  collapsed?: boolean;
  /** Seconds that it will still be fresh; negative where it is not any more. */
  ttl: number;
}

/**
 * The `Cache-Status` of an answer (RFC 9211 §2).
 *
 * @param cache what the cache calls itself: a token, such as a client's id
 */
export function cacheStatus(cache: string, { kind, forwardStatus, collapsed, ttl }: CacheOutcome): string {
  const members = [cache];
  if (kind === 'hit' && !collapsed) members.push('hit');
  else members.push(`fwd=${kind === 'miss' || kind === 'hit' ? 'miss' : 'stale'}`);
  if (forwardStatus !== undefined) members.push(`fwd-status=${forwardStatus}`);
  if (collapsed) members.push('collapsed');
  members.push(`ttl=${ttl}`);
  if (kind === 'stale') members.push('detail=stale-if-error');
  return members.join('; ');
}
