import type { KeyObject, webcrypto } from 'node:crypto';
import type { VerificationKey } from '@gatehouse/tokens';

/** A signing key opened and ready for use. Times in milliseconds since the epoch. */
export interface RingKey extends VerificationKey {
  readonly generation: number;
  readonly privateKey: KeyObject;
  readonly publicJwk: webcrypto.JsonWebKey;
  /** Infinity while it waits as the next one. */
  readonly activatesAt: number;
  /** Infinity until its successor is chosen. */
  readonly expiresAt: number;
}
