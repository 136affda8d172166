import type { Trial } from '../trial.js';
import { refusing } from './refused.tokens.js';

const NONE = 'T1, RFC 8725 §2.1, §3.2';
const ONE_ALGORITHM = 'T1, RFC 8725 §3.1';
const SIGNATURE = 'T1, RFC 7515 §5.2';

const withAlgorithm = (alg: unknown) => (trial: Trial) => trial.token({}, { alg });
const withSignature = (change: (signature: string) => string) => (trial: Trial) => {
  const [header, payload, signature] = trial.token().split('.') as [string, string, string];
  return `${header}.${payload}.${change(signature)}`;
};

/** One algorithm for each key, chosen by the one who verifies. */
export const ALGORITHM_CASES = refusing('algorithm', [
  ['alg none without a signature', NONE, (t) => t.forge.unsigned({ alg: 'none' }, t.claims())],
  ['alg None', NONE, (t) => t.forge.unsigned({ alg: 'None' }, t.claims())],
  ['alg nOnE', NONE, (t) => t.forge.unsigned({ alg: 'nOnE' }, t.claims())],
  ['alg none that names no key', NONE, (t) => t.forge.unsigned({ alg: 'none', kid: undefined }, t.claims())],
  ['alg none under a good signature', NONE, withAlgorithm('none')],
  ['no alg at all', ONE_ALGORITHM, withAlgorithm(undefined)],
  ['alg null', ONE_ALGORITHM, withAlgorithm(null)],
  ['an empty alg', ONE_ALGORITHM, withAlgorithm('')],
  ['an alg that is a number', ONE_ALGORITHM, withAlgorithm(256)],
  ['an alg that is a list', ONE_ALGORITHM, (t) => t.token({}, { alg: [t.issuer.algorithm] })],
  ['the alg in other letters', ONE_ALGORITHM, (t) => t.token({}, { alg: t.issuer.algorithm.toLowerCase() })],
  [
    'the algorithm of another kind of key',
    ONE_ALGORITHM,
    (t) => t.token({}, { alg: t.issuer.algorithm === 'ES256' ? 'RS256' : 'ES256' }),
  ],
  ['an algorithm that nobody knows', ONE_ALGORITHM, withAlgorithm('XX999')],
  [
    'HS256 with the public key as PEM for its secret',
    NONE,
    (t) => t.forge.hmac(t.issuer.publicKey.export({ format: 'pem', type: 'spki' }), t.claims()),
  ],
  [
    'HS256 with the public key as PEM, cut to its lines',
    NONE,
    (t) => t.forge.hmac(t.issuer.publicKey.export({ format: 'pem', type: 'spki' }).trim(), t.claims()),
  ],
  [
    'HS256 with the public key as DER for its secret',
    NONE,
    (t) => t.forge.hmac(t.issuer.publicKey.export({ format: 'der', type: 'spki' }), t.claims()),
  ],
  [
    'HS256 with the published JWK for its secret',
    NONE,
    (t) => t.forge.hmac(JSON.stringify(t.issuer.publicKey.export({ format: 'jwk' })), t.claims()),
  ],
  ['HS256 with an empty secret', NONE, (t) => t.forge.hmac('', t.claims())],
  [
    'a token that somebody else signed by the issuer’s kid',
    SIGNATURE,
    (t) => t.forge.signedByStranger({}, t.claims()),
  ],
  [
    'other claims under the signature of a good token',
    SIGNATURE,
    (t) => {
      const [header, , signature] = t.token().split('.');
      const payload = Buffer.from(JSON.stringify(t.claims({ roles: ['admin'] }))).toString('base64url');
      return `${header}.${payload}.${signature}`;
    },
  ],
  ['a signature of zeros', 'T1, CVE-2022-21449', withSignature((s) => 'A'.repeat(s.length))],
  ['a signature that was cut short', SIGNATURE, withSignature((s) => s.slice(0, -8))],
  ['a signature with more behind it', SIGNATURE, withSignature((s) => `${s}AAAA`)],
  ['an empty signature', SIGNATURE, withSignature(() => '')],
]);
