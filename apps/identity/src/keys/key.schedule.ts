import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { FeedBatch } from '../revocation/feed.batch.js';
import { type FeedListener, RevocationFeed } from '../revocation/revocation.feed.js';
import { Schedule } from '../scheduling/schedule.js';
import { KeyGenerations } from './key.generations.js';
import { KeyRing } from './key.ring.js';
import { KeyRotation } from './key.rotation.js';

const LOOK_EVERY = 2_000;
const ROTATE_EVERY = 60_000;

/** Makes the first keys, follows what other replicas do to them, and rotates them when it is time. */
@Injectable()
export class KeySchedule implements OnModuleInit, OnApplicationShutdown, FeedListener {
  private readonly logger = new Logger(KeySchedule.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ring: KeyRing,
    private readonly generations: KeyGenerations,
    private readonly rotation: KeyRotation,
    private readonly feed: RevocationFeed,
    private readonly schedule: Schedule,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.generations.ensure();
    await this.rotation.rotateIfDue();
    this.feed.listen(this);
    this.timer = setInterval(() => void this.ring.readIfStale(Date.now()), LOOK_EVERY).unref();
    this.schedule.add({ name: 'key-rotation', every: ROTATE_EVERY, step: () => this.rotate() });
  }

  /** Nobody must sign with a key that was withdrawn, not even until the next look. */
  hear({ revocations }: FeedBatch): void {
    if (revocations.some(({ kind }) => kind === 'key')) void this.ring.readAgain();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async rotate(): Promise<false> {
    if (await this.rotation.rotateIfDue()) this.logger.log('The signing key was rotated');
    return false;
  }
}
