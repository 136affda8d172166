import { setTimeout as sleep } from 'node:timers/promises';
import type { Pulse } from './pulse.ts';
import { quantile } from './report.ts';

/**
 * What is usual on this machine now: how long answers take in a run while nothing is wrong, looked at again and again
 * between one thing that is done to the services and the next, since others use the machine as well.
 */
export class Idle {
  readonly #times: number[] = [];

  get p99(): number {
    return quantile(this.#times, 0.99);
  }

  /** Takes what was measured while nothing was wrong. Milliseconds. */
  add(times: readonly number[]): void {
    this.#times.push(...times);
  }

  /** Does nothing for so long but listen. */
  async listen(pulse: Pulse, milliseconds: number): Promise<void> {
    await pulse.times();
    await sleep(milliseconds);
    this.add(await pulse.times());
  }

  /** A bound in milliseconds: that, or three times what is usual. To be asked when all was heard. */
  boundOf(milliseconds: number): number {
    return Math.max(milliseconds, Math.ceil(3 * this.p99));
  }
}
