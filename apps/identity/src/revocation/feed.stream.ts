import { Readable } from 'node:stream';
import type { Principal } from '@gatehouse/access';
import type { FeedBatch } from './feed.batch.js';
import type { FeedListener, RevocationFeed } from './revocation.feed.js';
import { COMMENT, framesOf, syncedFrame } from './revocation.frames.js';
import type { PlacedRevocation, RevocationsRepository } from './revocations.repository.js';

/** Who follows the feed, and until when. */
export type FeedReceiver = Pick<Principal, 'clientId' | 'tokenId' | 'expiresAt'>;

/** More bytes than that are not kept for a receiver that does not take them: it may come back and go on. */
const LONGEST_QUEUE = 1_000_000;
const PAGE = 1_000;

/**
 * The feed as one receiver gets it: first from the database, as fast as it takes it, what it has missed; then what
 * everybody gets. Ends with the receiver's token, or its client.
 */
export class FeedStream extends Readable implements FeedListener {
  private readonly expiry: NodeJS.Timeout;
  private readonly leave: () => void;
  private live = false;
  private ended = false;

  constructor(
    private readonly feed: RevocationFeed,
    private readonly repository: RevocationsRepository,
    private readonly receiver: FeedReceiver,
    private position: number,
  ) {
    super();
    this.expiry = setTimeout(() => this.finish(), receiver.expiresAt * 1_000 - Date.now());
    this.leave = feed.listen(this);
  }

  /** What was told still gets through; nothing more is told. */
  finish(): void {
    if (this.ended || this.destroyed) return;
    this.stop();
    this.push(null);
  }

  hear(batch: FeedBatch): void {
    if (this.live) this.tell(batch.bytes);
    if (batch.revocations.some((revocation) => this.isEndedBy(revocation))) this.finish();
  }

  hearNothing(): void {
    if (this.live) this.tell(COMMENT);
  }

  override _read(): void {
    if (!this.live) this.catchUp().catch((error: unknown) => this.destroy(error as Error));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.stop();
    done(error);
  }

  /** Tells a page of what was missed; when there is none left, everything from then on as it comes. */
  private async catchUp(): Promise<void> {
    while (!this.ended) {
      const { position: target } = this.feed;
      if (this.position >= target) return this.join();
      const missed = await this.repository.between(this.position, target, PAGE);
      this.position = missed.length < PAGE ? target : missed.at(-1)!.position;
      if (missed.length > 0) return this.tell(framesOf(missed));
    }
  }

  /** Nothing falls in between: all up to the feed's position has been told, and what it tells next is told here. */
  private join(): void {
    this.live = true;
    this.tell(syncedFrame(this.position));
  }

  private tell(bytes: Buffer): void {
    if (this.ended) return;
    if (this.readableLength > LONGEST_QUEUE) this.destroy();
    else this.push(bytes);
  }

  private isEndedBy({ kind, id }: PlacedRevocation): boolean {
    const { clientId, tokenId } = this.receiver;
    return (kind === 'client' && id === clientId) || (kind === 'token' && id === tokenId);
  }

  private stop(): void {
    this.ended = true;
    clearTimeout(this.expiry);
    this.leave();
  }
}
