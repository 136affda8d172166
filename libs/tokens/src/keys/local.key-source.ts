import { createPublicKey, type KeyObject } from 'node:crypto';
import type { KeySource } from './key.source.js';
import { type VerificationKey, verificationKey } from './verification.key.js';

/**
 * Keys that are at hand: identity's own, or a test's.
 *
 * @example
 * const keys = new LocalKeySource();
 * keys.add('2026-06', publicKey);
 * const verifier = new TokenVerifier({ issuer, audience: 'gatehouse', keys });
 */
export class LocalKeySource implements KeySource {
  private readonly keys = new Map<string, VerificationKey>();
  private changes = 0;

  get generation(): number {
    return this.changes;
  }

  /**
   * Adds or replaces a key. Of a private key the public half is taken.
   *
   * @throws UnsuitableKey when it is neither P-256 nor RSA of 2048 bits or more
   */
  add(kid: string, key: KeyObject): void {
    this.keys.set(kid, verificationKey(kid, key.type === 'private' ? createPublicKey(key) : key));
    this.changes += 1;
  }

  /** Takes a key out of use: what it signed is refused from now on. */
  remove(kid: string): void {
    this.keys.delete(kid);
    this.changes += 1;
  }

  find(kid: string): Promise<VerificationKey | undefined> {
    return Promise.resolve(this.keys.get(kid));
  }

  holds(kid: string): boolean {
    return this.keys.has(kid);
  }
}
