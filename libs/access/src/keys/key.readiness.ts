import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { KeySource } from '@gatehouse/tokens';
import { KEYS } from './keys.provider.js';

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;
const BETWEEN_LOOKS = 60_000;

/**
 * Fetches the keys when the service starts, and tells when it has them. Starting never waits for identity: while that
 * is away the fetch is repeated, ever less often. Afterwards it looks every minute whether a key was retired.
 */
@Injectable()
export class KeyReadiness implements OnApplicationBootstrap, OnModuleDestroy {
  private fetched = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(KEYS) private readonly keys: KeySource) {}

  /**
   * Whether tokens can be verified: the keys were fetched once, or kept from before a restart. That identity went away
   * later does not matter.
   */
  ready(): boolean {
    return this.fetched || (this.keys.generation ?? 0) > 0;
  }

  onApplicationBootstrap(): void {
    void this.look(FIRST_WAIT);
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async look(waitAfterFailure: number): Promise<void> {
    try {
      await this.keys.refresh?.();
      this.fetched = true;
      if (this.keys.refresh) this.again(BETWEEN_LOOKS, FIRST_WAIT);
    } catch {
      // Away, or not up yet: ready() tells, and what was fetched before stays in use.
      this.again(waitAfterFailure, Math.min(waitAfterFailure * 2, LONGEST_WAIT));
    }
  }

  private again(wait: number, waitAfterFailure: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.look(waitAfterFailure), wait);
    this.timer.unref();
  }
}
