import { type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { KeySource } from '@gatehouse/tokens';

const FIRST_WAIT = 250;
const LONGEST_WAIT = 10_000;

/**
 * Fetches the keys when the service starts and tells when it has them. Starting never waits for identity: while that
 * is away the fetch is repeated, ever less often.
 *
 * @example
 * readiness.register('keys', () => keyReadiness.ready());
 */
export class KeyReadiness implements OnApplicationBootstrap, OnModuleDestroy {
  private fetched = false;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly keys: KeySource) {}

  /** Whether tokens can be verified: the keys were fetched once. That identity went away later does not matter. */
  ready(): boolean {
    return this.fetched;
  }

  onApplicationBootstrap(): void {
    void this.attempt(FIRST_WAIT);
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async attempt(wait: number): Promise<void> {
    try {
      await this.keys.refresh?.();
      this.fetched = true;
    } catch {
      // away or not up yet: ready() says so until it is there
      if (this.stopped) return;
      this.timer = setTimeout(() => void this.attempt(Math.min(wait * 2, LONGEST_WAIT)), wait);
      this.timer.unref();
    }
  }
}
