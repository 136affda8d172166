import type { InMemoryRevocations } from './in-memory.revocations.js';
import { checkedRevocation, FeedFailed, type FeedMessage, type RevocationFeed } from './revocation.feed.js';

/** Identity sends a comment at least every 5 s: three missing mean that nobody is there. Milliseconds. */
const LONGEST_SILENCE = 15_000;
/** How long one page of a snapshot may take. Milliseconds. */
const PAGE_DEADLINE = 10_000;

/** Brings what is known up to date, one connection at a time. */
export class FeedFollower {
  /** How far the feed was followed; undefined while a snapshot is needed. */
  position: number | undefined;
  /** When it was last certain that nothing is missing. */
  heardAt = Number.NEGATIVE_INFINITY;
  /** Whether the feed is being followed, and all that was before is known. */
  connected = false;
  /** How often it was reached that all is known. */
  syncs = 0;
  private readonly firstSync = Promise.withResolvers<void>();

  constructor(
    private readonly feed: RevocationFeed,
    private readonly known: InMemoryRevocations,
    private readonly clock: () => number,
  ) {}

  /** Fulfilled once all is known for the first time. */
  get synced(): Promise<void> {
    return this.firstSync.promise;
  }

  /**
   * Follows the feed until it ends.
   *
   * @throws FeedFailed and whatever else a network can do
   */
  async follow(stop: AbortSignal): Promise<void> {
    stop.throwIfAborted();
    this.position ??= await this.takeSnapshot(stop);
    const silence = new AbortController();
    const giveUp = (): void => silence.abort(new FeedFailed('the feed has fallen silent'));
    const timer = setTimeout(giveUp, LONGEST_SILENCE);
    try {
      for await (const message of this.feed.follow(this.position, AbortSignal.any([stop, silence.signal]))) {
        timer.refresh();
        this.take(message);
      }
    } catch (error) {
      throw silence.signal.aborted ? silence.signal.reason : error;
    } finally {
      clearTimeout(timer);
      this.connected = false;
    }
  }

  private async takeSnapshot(stop: AbortSignal): Promise<number> {
    const fresh = this.known.emptied();
    for (let position = 0; ;) {
      const deadline = AbortSignal.timeout(PAGE_DEADLINE);
      const page = await this.feed.page(position, AbortSignal.any([stop, deadline]));
      for (const [kind, id, expires_at, before] of page.revocations) {
        fresh.add(checkedRevocation({ kind, id, expires_at, before }));
      }
      ({ position } = page);
      if (page.more) continue;
      this.known.takeOver(fresh);
      return position;
    }
  }

  private take(message: FeedMessage): void {
    if (message.type === 'reset') {
      this.position = undefined;
      throw new FeedFailed('identity does not know our position; a snapshot is taken');
    }
    if (message.type === 'revocation') this.known.add(message.revocation);
    if ('position' in message) this.position = Math.max(this.position ?? 0, message.position);
    if (message.type === 'synced') this.completed();
    if (this.connected) this.heardAt = this.clock();
  }

  private completed(): void {
    this.connected = true;
    this.syncs += 1;
    this.firstSync.resolve();
  }
}
