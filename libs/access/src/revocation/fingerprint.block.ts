import { type Fingerprint, FINGERPRINT_WORDS } from './fingerprint.js';

/** Words of one slot: the fingerprint, when it expires, up to when what it names has ended. */
export const WORDS = FINGERPRINT_WORDS + 2;
/** Of a slot's words, the one that says when it expires; 0 in an empty one. */
export const EXPIRY = FINGERPRINT_WORDS;
const UNTIL = FINGERPRINT_WORDS + 1;

const FEWEST_SLOTS = 64;
const GROWTH = 1.5;
/** From this share of taken slots on, probing gets long. */
const FULL = 0.7;

/**
 * Fingerprints with two NumericDates each, in one block of memory: 20 bytes a slot, nothing for the garbage collector
 * to walk through. Open addressing, linear probing, deletion by shifting back (Knuth, TAOCP 3, §6.4, algorithm R).
 */
export class FingerprintBlock {
  private slots = new Uint32Array(FEWEST_SLOTS * WORDS);
  private capacity = FEWEST_SLOTS;
  private taken = 0;

  get size(): number {
    return this.taken;
  }

  /** All slots as they lie. */
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
      slots.set(print, at);
      slots[at + EXPIRY] = expiry;
      slots[at + UNTIL] = until;
      this.taken += 1;
      if (this.taken > this.capacity * FULL) this.resize(this.capacity * GROWTH);
      return true;
    }
    const later = until > slots[at + UNTIL]!;
    if (later) slots[at + UNTIL] = until;
    if (expiry > slots[at + EXPIRY]!) slots[at + EXPIRY] = expiry;
    return later;
  }

  /** Drops what has expired, and gives memory back when little is left. */
  sweep(now: number): void {
    for (let slot = 0; slot < this.capacity;) {
      const expiry = this.slots[slot * WORDS + EXPIRY]!;
      // What is moved into the slot in its place is looked at next.
      if (expiry !== 0 && expiry <= now) this.remove(slot);
      else slot += 1;
    }
    if (this.capacity > FEWEST_SLOTS && this.taken * 4 < this.capacity) this.resize(this.taken * 2);
  }

  /** Where the fingerprint lies, or the empty slot in which it would. */
  private find(print: Fingerprint): number {
    const { slots } = this;
    const [a, b, c] = [print[0]!, print[1], print[2]];
    for (let slot = this.home(a); ; slot = this.after(slot)) {
      const at = slot * WORDS;
      if (slots[at + EXPIRY] === 0) return at;
      if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c) return at;
    }
  }

  /** Empties a slot and moves back what had been pushed past it. */
  private remove(slot: number): void {
    const { slots } = this;
    let hole = slot;
    for (let next = this.after(hole); slots[next * WORDS + EXPIRY] !== 0; next = this.after(next)) {
      const home = this.home(slots[next * WORDS]!);
      if (this.distance(home, next) < this.distance(hole, next)) continue;
      slots.copyWithin(hole * WORDS, next * WORDS, (next + 1) * WORDS);
      hole = next;
    }
    slots.fill(0, hole * WORDS, (hole + 1) * WORDS);
    this.taken -= 1;
  }

  private resize(capacity: number): void {
    const { slots: before } = this;
    this.capacity = Math.max(FEWEST_SLOTS, Math.ceil(capacity));
    this.slots = new Uint32Array(this.capacity * WORDS);
    for (let from = 0; from < before.length; from += WORDS) {
      if (before[from + EXPIRY] !== 0) this.move(before, from);
    }
  }

  /** From a block before this one, in which nothing was twice. */
  private move(before: Uint32Array, from: number): void {
    let slot = this.home(before[from]!);
    while (this.slots[slot * WORDS + EXPIRY] !== 0) slot = this.after(slot);
    for (let word = 0; word < WORDS; word += 1) this.slots[slot * WORDS + word] = before[from + word]!;
  }

  /** The slot that a fingerprint belongs into, by its first word. */
  private home(word: number): number {
    return Math.floor((word / 0x1_0000_0000) * this.capacity);
  }

  private after(slot: number): number {
    return slot + 1 === this.capacity ? 0 : slot + 1;
  }

  private distance(from: number, to: number): number {
    return to >= from ? to - from : to - from + this.capacity;
  }
}
