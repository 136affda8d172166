import { createHash, generateKeyPair, type webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import type { SignatureAlgorithm } from '@gatehouse/tokens';

const generate = promisify(generateKeyPair);

/** A key pair just made; the private half in PKCS #8. */
export interface KeyPair {
  kid: string;
  algorithm: SignatureAlgorithm;
  publicJwk: webcrypto.JsonWebKey;
  privateKey: Buffer;
}

/** Makes a key pair: P-256 for ES256 (RFC 7518 §3.4), RSA of 2048 bits for RS256 (§3.3). */
export async function generateSigningKey(algorithm: SignatureAlgorithm): Promise<KeyPair> {
  const { publicKey, privateKey } =
    algorithm === 'ES256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: 2048 });
  const publicJwk = publicKey.export({ format: 'jwk' });
  return {
    kid: thumbprintOf(publicJwk),
    algorithm,
    publicJwk,
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
}

/** The JWK thumbprint: the hash of the required members in lexicographic order, without spaces (RFC 7638 §3). */
export function thumbprintOf({ kty, crv, x, y, e, n }: webcrypto.JsonWebKey): string {
  const members = kty === 'EC' ? { crv, kty, x, y } : { e, kty, n };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}
