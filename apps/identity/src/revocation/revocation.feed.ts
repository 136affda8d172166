import { setImmediate as others } from 'node:timers/promises';
import { Unavailable } from '@gatehouse/contracts';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { FeedBatch } from './feed.batch.js';
import { RevocationsRepository } from './revocations.repository.js';

/** Wants to know what is committed, as it is. Called in order of position; must not throw. */
export interface FeedListener {
  hear(batch: FeedBatch): void;
  /** Nothing new, and nothing missed. */
  hearNothing?(): void;
}

/** Another replica's revocations are found by looking. Milliseconds. */
const LOOK_EVERY = 50;
/** While the database is away. Milliseconds. */
const LOOK_AGAIN_AFTER_FAILURE = 500;
/** Receivers are promised a comment every 5 s. Milliseconds. */
const REST_EVERY = 4_000;
const BATCH = 1_000;

/**
 * All revocations in order, as they are committed, by whichever replica: one look at the database for all who listen
 * in this process. From the first look on, {@link position} is how far they have been told.
 */
@Injectable()
export class RevocationFeed implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(RevocationFeed.name);
  private readonly listeners = new Set<FeedListener>();
  private origin = 0;
  private told = 0;
  private looking: Promise<void> | undefined;
  private again = false;
  private timer: NodeJS.Timeout | undefined;
  private restedAt = 0;
  private failing = false;
  private stopped = false;

  constructor(private readonly repository: RevocationsRepository) {}

  get position(): number {
    return this.told;
  }

  /** @returns ends it */
  listen(listener: FeedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether a receiver may go on from there. 0 is before everything. */
  knows(position: number): boolean {
    return position === 0 || (position >= this.origin && position <= this.told);
  }

  /** Looks now. Never fails: see {@link catchUp}. */
  refresh(): Promise<void> {
    this.again = true;
    return (this.looking ??= this.run().finally(() => (this.looking = undefined)));
  }

  /**
   * Afterwards everything has been told that was committed before, by whichever replica.
   *
   * @throws Unavailable while the database is away
   */
  async catchUp(): Promise<void> {
    await this.refresh();
    if (this.failing) throw new Unavailable();
  }

  /** The first look finds all there is, and fails the start when it fails. */
  async onModuleInit(): Promise<void> {
    await this.look();
    await this.refresh();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  private async run(): Promise<void> {
    clearTimeout(this.timer);
    while (this.again && !this.stopped) {
      this.again = false;
      await this.look().then(
        () => (this.failing = false),
        (error: unknown) => this.report(error),
      );
    }
    const wait = this.failing ? LOOK_AGAIN_AFTER_FAILURE : LOOK_EVERY;
    if (!this.stopped) this.timer = setTimeout(() => void this.refresh(), wait).unref();
  }

  private async look(): Promise<void> {
    const { origin, position, waiting } = await this.repository.state();
    this.origin = origin;
    while (this.told < position) await this.tellUpTo(position);
    if (waiting) {
      await this.repository.number();
      this.again = true;
    } else if (Math.abs(Date.now() - this.restedAt) >= REST_EVERY) {
      this.restedAt = Date.now();
      for (const listener of this.listeners) listener.hearNothing?.();
    }
  }

  private async tellUpTo(position: number): Promise<void> {
    const batch = await this.repository.batch(this.told, position, BATCH);
    this.told = batch.position;
    for (const listener of this.listeners) listener.hear(batch);
    if (this.told < position) await others(); // have their turn: SQLite answers without ever waiting
  }

  private report(error: unknown): void {
    if (!this.failing)
      this.logger.warn({ err: error }, 'The revocations cannot be looked up; it is tried again');
    this.failing = true;
  }
}
