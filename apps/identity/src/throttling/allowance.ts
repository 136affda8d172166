/** What somebody may still do, and until when. */
export interface Allowance {
  /** What is counted, as callers are told; undefined where they are told nothing. */
  readonly name: string | undefined;
  readonly points: number;
  /** How long what is spent stays spent. */
  readonly seconds: number;
  readonly left: number;
  /** Seconds until there is all of it again. */
  readonly resetIn: number;
}

/** The headers that tell of it: `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10). */
export function allowanceHeaders({
  name,
  points,
  seconds,
  left,
  resetIn,
}: Allowance): Record<string, string> {
  if (name === undefined) return {};
  return {
    'RateLimit-Policy': `"${name}";q=${points};w=${seconds}`,
    RateLimit: `"${name}";r=${left};t=${resetIn}`,
  };
}
