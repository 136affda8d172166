import { framesOf } from './revocation.frames.js';
import type { PlacedRevocation } from './revocations.repository.js';

/** Some revocations in order of position, and how they go over the wire: written once, for however many receivers. */
export class FeedBatch {
  private written: Buffer | undefined;

  constructor(readonly revocations: readonly PlacedRevocation[]) {}

  get bytes(): Buffer {
    return (this.written ??= framesOf(this.revocations));
  }
}
