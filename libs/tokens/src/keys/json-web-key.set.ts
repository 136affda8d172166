import { createPublicKey } from 'node:crypto';
import { type VerificationKey, verificationKey } from './verification.key.js';

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * The keys of a JWK set (RFC 7517 §5) that can verify access tokens, by their ids. Members of other kinds, uses or
 * sizes are passed over, as §5 asks: a set may hold keys for others.
 *
 * @param set the parsed document
 * @throws TypeError when it is no JWK set, or holds no key for us: no issuer means to end every token that way
 */
export function keysOf(set: unknown): Map<string, VerificationKey> {
  if (!isRecord(set) || !Array.isArray(set['keys'])) throw new TypeError('not a JWK set');
  const keys = new Map<string, VerificationKey>();
  for (const member of set['keys']) {
    const key = isRecord(member) ? keyOf(member) : undefined;
    // Of two keys by one name the first counts: a later one must not displace it.
    if (key && !keys.has(key.kid)) keys.set(key.kid, key);
  }
  if (keys.size === 0) throw new TypeError('a JWK set without a key that verifies access tokens');
  return keys;
}

function keyOf(jwk: Record<string, unknown>): VerificationKey | undefined {
  const { kid, alg } = jwk;
  if (typeof kid !== 'string' || kid === '' || !isForVerifying(jwk)) return undefined;
  if (PRIVATE_MEMBERS.some((member) => member in jwk)) return undefined;
  try {
    const key = verificationKey(kid, createPublicKey({ key: jwk, format: 'jwk' }));
    return alg === undefined || alg === key.algorithm ? key : undefined;
  } catch {
    return undefined; // unknown kind, off the curve, too small: not a key for us
  }
}

// RFC 7517 §4.2, §4.3
function isForVerifying({ use, key_ops: operations }: Record<string, unknown>): boolean {
  if (use !== undefined && use !== 'sig') return false;
  return operations === undefined || (Array.isArray(operations) && operations.includes('verify'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
