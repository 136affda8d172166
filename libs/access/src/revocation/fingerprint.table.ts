import type { Fingerprint } from './fingerprint.js';
import { EXPIRY, FingerprintBlock, WORDS } from './fingerprint.block.js';

const BLOCKS = 64;

/**
 * Fingerprints by the million. In many blocks, so that growing and tidying up, a block at a time, hold up no request
 * for more than a millisecond or two, and need little memory beside.
 */
export class FingerprintTable {
  private readonly blocks = Array.from({ length: BLOCKS }, () => new FingerprintBlock());
  private swept = 0;

  get size(): number {
    return this.blocks.reduce((sum, { size }) => sum + size, 0);
  }

  /** All slots as they lie, block by block: see {@link load}. */
  get words(): Uint32Array[] {
    return this.blocks.map(({ words }) => words);
  }

  /** Up to when what the fingerprint names has ended; undefined when it is not here. */
  until(print: Fingerprint): number | undefined {
    return this.blockOf(print).until(print);
  }

  /**
   * Adds a fingerprint, or extends the one that is here.
   *
   * @returns whether that made a difference to {@link until}
   */
  add(print: Fingerprint, expiry: number, until: number): boolean {
    return this.blockOf(print).add(print, expiry, until);
  }

  /** Adds what was in slots like these. */
  load(words: Uint32Array): void {
    for (let from = 0; from < words.length; from += WORDS) {
      const slot = words.subarray(from, from + WORDS);
      const [expiry, until] = slot.subarray(EXPIRY) as unknown as [number, number];
      if (expiry !== 0) this.add(slot.subarray(0, EXPIRY), expiry, until);
    }
  }

  /** Drops what has expired from the next block. */
  sweep(now: number): void {
    this.swept = (this.swept + 1) % BLOCKS;
    this.blocks[this.swept]!.sweep(now);
  }

  /** By another word than the one that a block goes by. */
  private blockOf(print: Fingerprint): FingerprintBlock {
    return this.blocks[print[2]! % BLOCKS]!;
  }
}
