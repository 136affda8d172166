import { verify } from 'node:crypto';
import type { VerificationKey } from '../keys/verification.key.js';
import type { CompactToken } from './compact.token.js';

const ES256_BYTES = 64; // r and s, 32 bytes each: RFC 7518 §3.4

/**
 * Whether the key made this signature, found out on the thread pool: a verification takes longer than the rest of a
 * request, and the event loop has other requests.
 */
export function isSignedBy(token: CompactToken, { algorithm, key }: VerificationKey): Promise<boolean> {
  const { signature } = token;
  if (algorithm === 'ES256' && signature.length !== ES256_BYTES) return Promise.resolve(false);
  // The DER that OpenSSL speaks by default has many spellings of one signature; the raw form has one.
  const parameters = algorithm === 'ES256' ? ({ key, dsaEncoding: 'ieee-p1363' } as const) : key;
  const signed = Buffer.from(token.signingInput, 'latin1');
  return new Promise((resolve) => {
    verify('sha256', signed, parameters, signature, answerTo(resolve));
  });
}

// Apart, so that Node, which keeps the callback until the next full collection, keeps no token with it.
function answerTo(resolve: (good: boolean) => void): (error: Error | null, good: boolean) => void {
  return (error, good) => resolve(!error && good);
}
