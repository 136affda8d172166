import type { KeyObject } from 'node:crypto';

/**
 * The signature algorithms of Gatehouse (RFC 7518 §3.3, §3.4).
 *
 * @example
 * const algorithm: SignatureAlgorithm = 'ES256';
 */
export type SignatureAlgorithm = 'ES256' | 'RS256';

/**
 * A public key, with the one algorithm it verifies (RFC 8725 §3.1).
 *
 * @example
 * const { algorithm } = verificationKey('2026-06', publicKey); // 'ES256' for a key on P-256
 */
export interface VerificationKey {
  readonly kid: string;
  readonly algorithm: SignatureAlgorithm;
  readonly key: KeyObject;
}

/**
 * What is too weak or of the wrong kind to verify access tokens. The message tells why, and nothing of the key itself.
 *
 * @example
 * verificationKey('old', createPublicKey(rsa1024)); // throws UnsuitableKey
 */
export class UnsuitableKey extends Error {
  override readonly name = 'UnsuitableKey';
}

const RSA_MINIMUM_BITS = 2048; // RFC 7518 §3.3
const RSA_MAXIMUM_BITS = 8192; // beyond, one verification is a denial of service

/**
 * A key with its algorithm. The algorithm follows from the key and never from a token's header (RFC 8725 §3.1).
 *
 * @param kid the name tokens call it by
 * @param key a public P-256 key (ES256) or a public RSA key of 2048 bits or more (RS256)
 * @throws UnsuitableKey for any other key
 *
 * @example
 * const key = verificationKey('2026-06', createPublicKey(pem));
 */
export function verificationKey(kid: string, key: KeyObject): VerificationKey {
  if (key.type !== 'public') throw new UnsuitableKey(`a ${key.type} key cannot verify`);
  return { kid, algorithm: algorithmOf(key), key };
}

function algorithmOf({
  asymmetricKeyType,
  asymmetricKeyDetails: details = {},
}: KeyObject): SignatureAlgorithm {
  if (asymmetricKeyType === 'ec' && details.namedCurve === 'prime256v1') return 'ES256';
  const bits = details.modulusLength ?? 0;
  if (asymmetricKeyType === 'rsa' && bits >= RSA_MINIMUM_BITS && bits <= RSA_MAXIMUM_BITS) return 'RS256';
  throw new UnsuitableKey(
    `an ${asymmetricKeyType} key of ${details.namedCurve ?? bits} is neither P-256 nor RSA ≥ 2048`,
  );
}
