import type { VerificationKey } from './verification.key.js';

/**
 * Where a verifier looks up the key that a token names.
 *
 * @example
 * const keys: KeySource = new RemoteKeySource({ url: 'https://id.example.com/.well-known/jwks.json' });
 */
export interface KeySource {
  /**
   * The key of that id.
   *
   * @returns undefined when there surely is no such key
   * @throws KeysUnavailable when that cannot be known right now
   */
  find(kid: string): Promise<VerificationKey | undefined>;

  /** Moves on whenever a key was added or taken away; what was verified before is then looked at again. */
  readonly generation?: number;

  /** Whether the key of that id is still in use. A source that cannot tell leaves it out. */
  holds?(kid: string): boolean;

  /** Fetches what there is to fetch; rejects with KeysUnavailable. A source that has its keys at hand leaves it out. */
  refresh?(): Promise<void>;
}
