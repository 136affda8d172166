import { Readable } from 'node:stream';
import type { Principal } from '@gatehouse/access';
import type { FeedBatch, PlacedRevocation } from './feed.batch.js';
import type { FeedListener, RevocationFeed } from './revocation.feed.js';
import { COME_AGAIN, COMMENT, syncedFrame } from './revocation.frames.js';
import type { RevocationsRepository } from './revocations.repository.js';

/** Who follows the feed, and until when. */
export type FeedReceiver = Pick<Principal, 'clientId' | 'tokenId' | 'expiresAt'>;

/** More bytes than that are not kept for a receiver that takes them too slowly. */
const LONGEST_QUEUE = 1_000_000;
/** Milliseconds in which a receiver that is behind must take something. */
const PATIENCE = 15_000;
const PAGE = 1_000;
/** Node's timers end at once when they are to run longer, which is 24 days. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * The feed as one receiver gets it: what it has missed from the database, as fast as it takes it; then what everybody
 * gets, as long as it keeps up. Ends with the receiver's token, or its client.
 */
export class FeedStream extends Readable implements FeedListener {
  private readonly expiry: NodeJS.Timeout;
  private readonly leave: () => void;
  private stall: NodeJS.Timeout | undefined;
  private live = false;
  private ended = false;

  constructor(
    private readonly feed: RevocationFeed,
    private readonly repository: RevocationsRepository,
    private readonly receiver: FeedReceiver,
    private position: number,
  ) {
    super();
    const left = receiver.expiresAt * 1_000 - Date.now();
    this.expiry = setTimeout(() => this.finish(), Math.min(left, LONGEST_TIMER));
    this.leave = feed.listen(this);
  }

  /** What was told still gets through; nothing more is told. */
  finish(): void {
    if (this.ended || this.destroyed) return;
    this.stop();
    this.waitForReceiver();
    this.push(COME_AGAIN);
    this.push(null);
  }

  hear(batch: FeedBatch): void {
    if (this.live) this.keepUpWith(batch);
    if (batch.revocations.some((revocation) => this.isEndedBy(revocation))) this.finish();
  }

  hearNothing(): void {
    if (this.live) this.push(COMMENT);
  }

  /** The receiver takes what there is. */
  override _read(): void {
    clearTimeout(this.stall);
    if (!this.live) this.catchUp().catch((error: unknown) => this.destroy(error as Error));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.stop();
    done(error);
  }

  /** Tells some of what was missed; when there is none left, everything from then on as it comes. */
  private async catchUp(): Promise<void> {
    while (!this.ended) {
      const { position: target } = this.feed;
      if (this.position >= target) return this.join();
      const batch = await this.repository.batch(this.position, target, PAGE);
      if (this.ended) return;
      this.position = batch.position;
      if (batch.revocations.length === 0) continue;
      this.waitForReceiver();
      this.push(batch.bytes);
      return;
    }
  }

  /** Nothing falls in between: all up to the feed's position has been told, and what it tells next is told here. */
  private join(): void {
    this.live = true;
    this.push(syncedFrame(this.position));
  }

  private keepUpWith({ bytes, position }: FeedBatch): void {
    if (this.readableLength > LONGEST_QUEUE) {
      this.live = false;
      this.waitForReceiver();
    } else {
      this.position = position;
      this.push(bytes);
    }
  }

  private waitForReceiver(): void {
    this.stall = setTimeout(() => this.destroy(), PATIENCE).unref();
  }

  private isEndedBy({ kind, id }: PlacedRevocation): boolean {
    const { clientId, tokenId } = this.receiver;
    return (kind === 'client' && id === clientId) || (kind === 'token' && id === tokenId);
  }

  private stop(): void {
    this.ended = true;
    clearTimeout(this.expiry);
    clearTimeout(this.stall);
    this.leave();
  }
}
