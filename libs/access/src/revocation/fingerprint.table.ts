import type { Fingerprint } from './fingerprint.js';

/** Words of one slot: the fingerprint, when it expires, up to when what it names has ended. */
export const WORDS = 6;
export const EXPIRY = 4;
const UNTIL = 5;

const FEWEST_SLOTS = 1 << 10;
/** From this share of taken slots on, probing gets long. */
const FULL = 0.7;

/**
 * Fingerprints with two NumericDates each, in one block of memory: 24 bytes a slot, nothing for the garbage collector
 * to walk through. Open addressing, linear probing, deletion by shifting back (Knuth, TAOCP 3, §6.4, algorithm R).
 */
export class FingerprintTable {
  private slots: Uint32Array;
  private capacity: number;
  private taken = 0;
  private cursor = 0;

  constructor(expected = 0) {
    this.capacity = capacityFor(expected);
    this.slots = new Uint32Array(this.capacity * WORDS);
  }

  /** A table of slots that come from another one, each fingerprint in one of them. */
  static of(slots: Uint32Array): FingerprintTable {
    const table = new FingerprintTable(slots.length / WORDS);
    for (let from = 0; from < slots.length; from += WORDS) {
      if (slots[from + EXPIRY] !== 0) table.place(slots, from);
    }
    return table;
  }

  get size(): number {
    return this.taken;
  }

  /** All slots as they lie; one with expiry 0 is empty. */
  get words(): Uint32Array {
    return this.slots;
  }

  /** Up to when what the fingerprint names has ended; undefined when it is not here. */
  until(print: Fingerprint): number | undefined {
    const at = this.find(print);
    return this.slots[at + EXPIRY] === 0 ? undefined : this.slots[at + UNTIL]!;
  }

  /**
   * Adds a fingerprint, or extends the one that is here.
   *
   * @returns whether that made a difference to {@link until}
   */
  add(print: Fingerprint, expiry: number, until: number): boolean {
    const { slots } = this;
    const at = this.find(print);
    if (slots[at + EXPIRY] === 0) {
      this.insert(at, print, expiry, until);
      return true;
    }
    const later = until > slots[at + UNTIL]!;
    if (later) slots[at + UNTIL] = until;
    if (expiry > slots[at + EXPIRY]!) slots[at + EXPIRY] = expiry;
    return later;
  }

  /** Drops what has expired from the next few slots; called often enough, it gets round. */
  sweep(now: number, count: number): void {
    for (let left = Math.min(count, this.capacity); left > 0; left -= 1) {
      const at = this.cursor * WORDS;
      const expiry = this.slots[at + EXPIRY]!;
      if (expiry !== 0 && expiry <= now) this.remove(this.cursor);
      else this.cursor = (this.cursor + 1) % this.capacity;
      if (this.cursor === 0 && capacityFor(this.taken) * 4 <= this.capacity) return this.resize();
    }
  }

  private insert(at: number, print: Fingerprint, expiry: number, until: number): void {
    this.slots.set(print, at);
    this.slots[at + EXPIRY] = expiry;
    this.slots[at + UNTIL] = until;
    this.taken += 1;
    if (this.taken > this.capacity * FULL) this.resize();
  }

  /** Where the fingerprint lies, or the empty slot in which it would. */
  private find(print: Fingerprint): number {
    const { slots, capacity } = this;
    const [a, b, c, d] = [print[0], print[1], print[2], print[3]];
    let slot = home(a!, capacity);
    for (;;) {
      const at = slot * WORDS;
      if (slots[at + EXPIRY] === 0) return at;
      if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c && slots[at + 3] === d) return at;
      slot = (slot + 1) & (capacity - 1);
    }
  }

  /** Empties a slot and moves back what had been pushed past it. */
  private remove(slot: number): void {
    const { slots, capacity } = this;
    const mask = capacity - 1;
    let hole = slot;
    for (let next = (hole + 1) & mask; slots[next * WORDS + EXPIRY] !== 0; next = (next + 1) & mask) {
      const wanted = home(slots[next * WORDS]!, capacity);
      if (((next - wanted) & mask) < ((next - hole) & mask)) continue;
      slots.copyWithin(hole * WORDS, next * WORDS, (next + 1) * WORDS);
      hole = next;
    }
    slots.fill(0, hole * WORDS, (hole + 1) * WORDS);
    this.taken -= 1;
  }

  private resize(): void {
    const { slots: before } = this;
    this.capacity = capacityFor(this.taken);
    this.slots = new Uint32Array(this.capacity * WORDS);
    this.cursor = 0;
    this.taken = 0;
    for (let from = 0; from < before.length; from += WORDS) {
      if (before[from + EXPIRY] !== 0) this.place(before, from);
    }
  }

  /** Puts a slot of a former block, which is not here yet, into the first place that is free. */
  private place(before: Uint32Array, from: number): void {
    const { slots, capacity } = this;
    let slot = home(before[from]!, capacity);
    while (slots[slot * WORDS + EXPIRY] !== 0) slot = (slot + 1) & (capacity - 1);
    for (let word = 0; word < WORDS; word += 1) slots[slot * WORDS + word] = before[from + word]!;
    this.taken += 1;
  }
}

function home(word: number, capacity: number): number {
  return word & (capacity - 1);
}

/** A power of two that is half full at most. */
function capacityFor(entries: number): number {
  return Math.max(FEWEST_SLOTS, 2 ** Math.ceil(Math.log2(entries * 2 + 1)));
}
