import type { VerifiedToken } from '@gatehouse/tokens';
import type { Revocations } from './revocations.js';

/** One thing that ended before its time, as the feed tells it. Times are NumericDate. */
export interface RevocationEntry {
  kind: 'session' | 'token' | 'api_key' | 'subject' | 'client' | 'key';
  id: string;
  /** From then on no token it could concern is valid any more. */
  expires_at: number;
  /** With `subject` and `client`: tokens issued up to then are ended. */
  before?: number;
}

/**
 * Revocations held in memory.
 *
 * @example
 * const revocations = new InMemoryRevocations({ skew: 60 });
 * revocations.add({ kind: 'session', id: 'ses_1', expires_at: 1_790_000_000 });
 */
export class InMemoryRevocations implements Revocations {
  private readonly entries = new Map<string, RevocationEntry>();
  private changes = 0;
  readonly current = true;

  /** @param options `skew`: seconds by which the issuer's clocks may differ */
  constructor(private readonly options: { skew: number }) {}

  get epoch(): number {
    return this.changes;
  }

  add(entry: RevocationEntry): void {
    this.entries.set(`${entry.kind} ${entry.id}`, entry);
    this.changes += 1;
  }

  covers({ claims, kid }: Pick<VerifiedToken, 'claims' | 'kid'>): boolean {
    if (this.entries.size === 0) return false;
    return (
      this.has('token', claims.jti) ||
      (claims.sid !== undefined && this.has('session', claims.sid)) ||
      this.has('key', kid) ||
      this.endedUpTo('subject', claims.sub) + this.options.skew >= claims.iat ||
      this.endedUpTo('client', claims.client_id) + this.options.skew >= claims.iat
    );
  }

  private has(kind: RevocationEntry['kind'], id: string): boolean {
    return this.entries.has(`${kind} ${id}`);
  }

  private endedUpTo(kind: RevocationEntry['kind'], id: string): number {
    const entry = this.entries.get(`${kind} ${id}`);
    return entry ? (entry.before ?? Number.POSITIVE_INFINITY) : Number.NEGATIVE_INFINITY;
  }
}
