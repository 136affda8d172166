import { verify } from 'node:crypto';
import type { VerificationKey } from '../keys/verification.key.js';
import type { CompactToken } from './compact.token.js';

/**
 * Whether the key made this signature, found out on the thread pool: a verification takes longer than the rest of a
 * request, and the event loop has other requests.
 */
export function isSignedBy(token: CompactToken, { algorithm, key }: VerificationKey): Promise<boolean> {
  // r and s of 32 bytes each and nothing else (RFC 7518 §3.4): the DER that OpenSSL speaks by default has many
  // spellings of one signature, this form has one.
  const parameters = algorithm === 'ES256' ? ({ key, dsaEncoding: 'ieee-p1363' } as const) : key;
  const signed = Buffer.from(token.signingInput, 'latin1');
  return new Promise((resolve) => {
    verify('sha256', signed, parameters, token.signature, answerTo(resolve));
  });
}

// Apart, so that Node, which keeps the callback until the next full collection, keeps no token with it.
function answerTo(resolve: (good: boolean) => void): (error: Error | null, good: boolean) => void {
  return (error, good) => resolve(!error && good);
}
