/** 96 bits, as three words of 32. */
export type Fingerprint = Uint32Array;

export const FINGERPRINT_WORDS = 3;

/**
 * Tells ids apart by 96 bits each. Not cryptographic, and need not be: what is looked up comes out of signed tokens,
 * so that nobody can choose it, and among a million ids the odds of taking one for another are 1 in 10²².
 *
 * @param into where the words are written; the caller keeps it, since this runs on the path of requests
 * @param seed differs between processes
 * @param space ids of different spaces are different, however they are spelt
 */
export function fingerprint(into: Fingerprint, seed: number, space: string, id: string): void {
  into[0] = seed ^ 0x9e3779b9;
  into[1] = seed ^ 0x243f6a88;
  into[2] = seed ^ 0xb7e15162;
  absorb(into, space);
  absorb(into, '\0');
  absorb(into, id);
  finish(into);
}

/** Three multiplicative lanes, each fed by its neighbour. */
function absorb(into: Fingerprint, text: string): void {
  let [a, b, c] = into as unknown as [number, number, number];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ unit, 0x239b961b);
    b = c ^ Math.imul(b ^ unit, 0xab0e9789);
    c = a ^ Math.imul(c ^ unit, 0x38b34ae5);
  }
  into[0] = a;
  into[1] = b;
  into[2] = c;
}

/** Lets every bit of the lanes reach every word. */
function finish(into: Fingerprint): void {
  let [a, b, c] = into as unknown as [number, number, number];
  a = mixed(a + b + c);
  b = mixed(b + a);
  c = mixed(c + b);
  into[0] = a + c;
  into[1] = b;
  into[2] = c;
}

/** MurmurHash3's finaliser for one word. */
function mixed(word: number): number {
  let bits = word ^ (word >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
