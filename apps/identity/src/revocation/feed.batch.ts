import type { RevocationKind } from '@gatehouse/contracts';
import { framesOf } from './revocation.frames.js';

/** A revocation that has its place in the feed. Times are NumericDate. */
export interface PlacedRevocation {
  readonly position: number;
  readonly kind: RevocationKind;
  readonly id: string;
  readonly expiresAt: number;
  /** With `subject` and `client` alone. */
  readonly before: number | null;
}

/** Some revocations in order of position, and how they go over the wire: written once, for however many receivers. */
export class FeedBatch {
  private written: Buffer | undefined;

  /** @param position up to which there are no others */
  constructor(
    readonly revocations: readonly PlacedRevocation[],
    readonly position: number,
  ) {}

  get bytes(): Buffer {
    return (this.written ??= framesOf(this.revocations));
  }
}
