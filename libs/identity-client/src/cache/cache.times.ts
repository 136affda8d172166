/** How long an answer may be given again, as the route that gives it decides. In seconds. */
export interface CacheTimes {
  /** For so long it is given without asking; then it is asked whether it still holds. */
  fresh: number;
  /** For so long after that it stands in where the upstream fails (RFC 5861 §4); not at all by default. */
  staleIfError?: number;
}

/**
 * The `Cache-Control` the cache goes by, in place of the upstream's. Times are the route's own: that they override
 * `must-revalidate` is meant, in this cache, which is private to each subject. What must not be stored is not.
 */
export function cacheControlFor(
  { fresh, staleIfError = 0 }: CacheTimes,
  upstreams: string | undefined,
): string {
  if (/\bno-store\b/i.test(upstreams ?? '')) return 'no-store';
  return `max-age=${fresh}, stale-while-revalidate=${staleIfError}`;
}
