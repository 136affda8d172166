import { InMemoryRevocations } from '@gatehouse/access';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FeedBatch } from './feed.batch.js';
import { RevocationFeed } from './revocation.feed.js';
import { revocationOf } from './revocation.frames.js';

const SWEEP_EVERY = 1_000;

/** The revocations that identity's own guard asks: the feed's, and what was committed here as soon as it is. */
@Injectable()
export class LocalRevocations extends InMemoryRevocations implements OnApplicationShutdown {
  private readonly timer: NodeJS.Timeout;

  constructor(feed: RevocationFeed) {
    super();
    feed.listen(this);
    this.timer = setInterval(() => this.sweep(Date.now() / 1_000), SWEEP_EVERY).unref();
  }

  hear({ revocations }: FeedBatch): void {
    for (const revocation of revocations) this.add(revocationOf(revocation));
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
