import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { VerifiedToken } from '@gatehouse/tokens';
import { Backoff } from './backoff.js';
import { FeedFollower } from './feed.follower.js';
import { InMemoryRevocations } from './in-memory.revocations.js';
import type { RevocationFeed } from './revocation.feed.js';
import type { RevocationListener, Revocations, RevocationsStatus } from './revocations.js';
import type { SnapshotFile } from './snapshot.file.js';

/** What a receiver follows, and how. */
export interface FeedReceiverOptions {
  feed: RevocationFeed;
  /** Seconds the feed may be silent before nobody passes any more. */
  maxStaleness: number;
  /** Where to keep what is known, for a restart while identity is away. */
  file?: SnapshotFile | undefined;
  /** Milliseconds since the epoch, ever onward; for tests. */
  clock?: (() => number) | undefined;
}

/** Milliseconds. */
const SWEEP_EVERY = 1_000;
const SAVE_EVERY = 60_000;
/** How long a start waits for the first try, so that a service is ready when it listens. */
const LONGEST_START = 1_000;

/** Starts with the wall clock, and is not set afterwards, neither forth nor back. */
const steadyClock = (): number => performance.timeOrigin + performance.now();

/**
 * Keeps a guard's revocations up to date: takes a snapshot, follows the feed, comes back when the connection breaks,
 * and goes on where it was. A start waits for the first try, and not for identity to be there.
 *
 * @example
 * const feed = new HttpFeed('http://localhost:3000', () => client.serviceToken());
 * const receiver = new FeedReceiver({ feed, maxStaleness: 1_800 });
 */
export class FeedReceiver implements Revocations, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Revocations');
  private readonly known = new InMemoryRevocations();
  private readonly follower: FeedFollower;
  private readonly clock: () => number;
  private readonly backoff = new Backoff();
  private readonly stopping = new AbortController();
  private timers: NodeJS.Timeout[] = [];
  private saving: Promise<void> | undefined;
  /** At which count of the follower's an outage was last reported. */
  private reported: number | undefined;

  constructor(private readonly options: FeedReceiverOptions) {
    this.clock = options.clock ?? steadyClock;
    this.follower = new FeedFollower(options.feed, this.known, this.clock);
  }

  get epoch(): number {
    return this.known.epoch;
  }

  get current(): boolean {
    return this.clock() - this.follower.heardAt <= this.options.maxStaleness * 1_000;
  }

  get status(): RevocationsStatus {
    const { connected, heardAt } = this.follower;
    return { connected, entries: this.known.size, staleness: (this.clock() - heardAt) / 1_000 };
  }

  covers(token: Pick<VerifiedToken, 'claims' | 'kid'>): boolean {
    return this.known.covers(token);
  }

  subscribe(listener: RevocationListener): void {
    this.known.subscribe(listener);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.restore();
    this.timers = [
      setInterval(() => this.sweep(), SWEEP_EVERY).unref(),
      setInterval(() => void this.save(), SAVE_EVERY).unref(),
    ];
    const first = this.follow();
    void this.goOnAfter(first);
    await Promise.race([first, this.follower.synced, sleep(LONGEST_START, undefined, { ref: false })]);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    this.timers.forEach(clearInterval);
    await this.save();
  }

  private async goOnAfter(first: Promise<number>): Promise<void> {
    const { signal } = this.stopping;
    for (let wait = await first; !signal.aborted; wait = await this.follow()) {
      await sleep(wait, undefined, { signal, ref: false }).catch(() => undefined); // told to stop: the loop sees it
    }
  }

  /** Follows the feed until it ends, and tells how many milliseconds to wait before the next time. */
  private async follow(): Promise<number> {
    const { syncs } = this.follower;
    try {
      await this.follower.follow(this.stopping.signal);
    } catch (error) {
      this.report(error);
    }
    return this.follower.syncs > syncs ? this.backoff.afterSuccess() : this.backoff.afterFailure();
  }

  /** Once for each outage, however often it is tried. */
  private report(error: unknown): void {
    if (this.reported === this.follower.syncs || this.stopping.signal.aborted) return;
    this.reported = this.follower.syncs;
    this.logger.warn(
      `The revocation feed is cut off: ${reasonOf(error)}. It is tried again until it is back.`,
    );
  }

  private sweep(): void {
    // What is being saved must not be moved about meanwhile.
    if (!this.saving) this.known.sweep(this.clock() / 1_000);
  }

  private async restore(): Promise<void> {
    const saved = await this.options.file?.load();
    if (!saved) return;
    this.known.restore(saved);
    this.follower.position = saved.position;
    this.follower.heardAt = saved.heardAt;
  }

  private async save(): Promise<void> {
    const { position, heardAt } = this.follower;
    if (!this.options.file || position === undefined || heardAt < 0) return;
    this.saving ??= this.options.file
      .save({ position, heardAt, ...this.known.contents() })
      .catch((error: unknown) => this.logger.warn({ err: error }, 'The revocations could not be saved'))
      .finally(() => (this.saving = undefined));
    await this.saving;
  }
}

/** The words of what is behind an error: what wraps it is said to callers, who are told nothing. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return reasonOf(error.cause);
  return error.message || String((error as NodeJS.ErrnoException).code); // several addresses, none of which answers
}
