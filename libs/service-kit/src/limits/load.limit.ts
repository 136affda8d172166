import { Unavailable } from '@gatehouse/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** How many requests may wait for their answers at a time. */
const MAX_CONCURRENT = 1_000;
/** Milliseconds by which timers are late when a process has more to do than it can. */
const MAX_LAG = 1_000;
/** Milliseconds. */
const LOOK_EVERY = 500;

/** Whoever asks these must learn how it is, above all then. */
const ALWAYS = /^\/(?:health\/|metrics(?:\?|$))/;

/** Refuses at once what could not be answered in time: 503, with `Retry-After`. */
export class LoadLimit {
  private readonly working = new Set<FastifyRequest>();
  private expected = performance.now() + LOOK_EVERY;
  /** The last two looks: one alone may have been a single long step. */
  private lags: readonly [number, number] = [0, 0];
  private readonly timer = setInterval(() => this.look(), LOOK_EVERY).unref();

  constructor(private readonly limits = { concurrent: MAX_CONCURRENT, lag: MAX_LAG }) {}

  /** @returns why it is refused, if it is */
  admit(request: FastifyRequest, reply: FastifyReply): Unavailable | undefined {
    if (ALWAYS.test(request.url)) return undefined;
    if (this.working.size >= this.limits.concurrent || Math.min(...this.lags) > this.limits.lag) {
      return new Unavailable('There are too many requests at the moment.');
    }
    this.working.add(request);
    // When the caller goes away there is no answer to leave with.
    reply.raw.once('close', () => this.leave(request));
    return undefined;
  }

  /** Its answer is there. */
  leave(request: FastifyRequest): void {
    this.working.delete(request);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const now = performance.now();
    this.lags = [this.lags[1], now - this.expected];
    this.expected = now + LOOK_EVERY;
  }
}
