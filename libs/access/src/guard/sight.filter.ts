const SLOTS = 1 << 14;

/**
 * Tells whether a token was verified here before, in a fixed 64 kB: storing a token costs more than looking one up,
 * so only those that come again are stored. Works on signatures, whose bytes only the key's holder can choose; two
 * that fall into one slot push each other out, which costs one more verification and nothing else.
 */
export class SightFilter {
  private readonly seen = new Uint32Array(SLOTS);

  /** Whether this signature was the latest in its slot; from now on it is. */
  sees(signature: Buffer): boolean {
    const slot = signature.readUInt32LE(0) % SLOTS;
    const mark = signature.readUInt32LE(4);
    const seen = this.seen[slot] === mark;
    this.seen[slot] = mark;
    return seen;
  }
}
