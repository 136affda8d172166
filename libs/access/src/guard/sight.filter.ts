const SLOTS = 1 << 14;

/**
 * Tells whether a token was verified here before, in a fixed 128 kB: storing a token costs more than looking one up,
 * so only those that come again are stored. Works on signatures, whose bytes only the key's holder can choose. A slot
 * holds the latest two; a third pushes one out, which costs one more verification and nothing else.
 */
export class SightFilter {
  private readonly marks = new Uint32Array(SLOTS * 2);

  /** Whether this signature is one of the two that its slot saw last; from now on it is. */
  sees(signature: Buffer): boolean {
    const slot = (signature.readUInt32LE(0) % SLOTS) * 2;
    const mark = signature.readUInt32LE(4);
    if (this.marks[slot] === mark || this.marks[slot + 1] === mark) return true;
    this.marks[slot + 1] = this.marks[slot]!;
    this.marks[slot] = mark;
    return false;
  }
}
