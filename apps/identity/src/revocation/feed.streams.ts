import { Readable } from 'node:stream';
import { Unavailable } from '@gatehouse/contracts';
import { Metrics, Readiness } from '@gatehouse/service-kit';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { type FeedReceiver, FeedStream } from './feed.stream.js';
import { RevocationFeed } from './revocation.feed.js';
import { RESET } from './revocation.frames.js';
import { RevocationsRepository } from './revocations.repository.js';

/** The feed for each receiver that is connected to this process. */
@Injectable()
export class FeedStreams implements BeforeApplicationShutdown {
  private readonly streams = new Set<FeedStream>();
  private closing = false;

  constructor(
    private readonly feed: RevocationFeed,
    private readonly repository: RevocationsRepository,
    metrics: Metrics,
    readiness: Readiness,
  ) {
    // Before anything else stops: all of them are to follow the feed of another process meanwhile.
    readiness.onDrain(() => this.beforeApplicationShutdown());
    const help = 'Guards that follow the revocation feed of this process.';
    metrics.gauge('revocation_feed_receivers', help, () => this.size);
  }

  /** How many receivers are connected. */
  get size(): number {
    return this.streams.size;
  }

  /**
   * The feed from a position on; only a reset where that is unknown.
   *
   * @param position undefined when it is none
   * @throws Unavailable while nobody can tell what was committed
   */
  async open(receiver: FeedReceiver, position: number | undefined): Promise<Readable> {
    if (this.closing) throw new Unavailable();
    // From the start, for a revocation of the receiver itself must not slip through while something is waited for.
    const stream = this.add(new FeedStream(this.feed, this.repository, receiver, position ?? 0));
    try {
      await this.feed.catchUp();
    } catch (error) {
      stream.destroy();
      throw error;
    }
    if (position !== undefined && this.feed.knows(position)) return stream;
    stream.destroy();
    return Readable.from([RESET]);
  }

  beforeApplicationShutdown(): void {
    this.closing = true;
    for (const stream of this.streams) stream.finish();
  }

  private add(stream: FeedStream): FeedStream {
    this.streams.add(stream);
    stream.once('close', () => this.streams.delete(stream));
    return stream;
  }
}
