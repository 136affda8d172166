import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { encoded } from './token.forge.js';

/** A key that must verify nothing, though it stands in the issuer's JWK set. */
export interface WeakKey {
  readonly what: string;
  readonly jwk: object;
  /** A token rightly signed with it. */
  token(claims: object): string;
}

const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 });
const forEncryption = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ofAnother = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const ed25519 = generateKeyPairSync('ed25519');
const secret = randomBytes(32);

const published = (key: KeyObject, members: object): object => ({
  ...key.export({ format: 'jwk' }),
  ...members,
});
const tokenBy =
  (header: { alg: string; kid: string }, signature: (input: string) => Buffer) =>
  (claims: object): string => {
    const input = `${encoded({ typ: 'at+jwt', ...header })}.${encoded(claims)}`;
    return `${input}.${signature(input).toString('base64url')}`;
  };
const by =
  (key: KeyObject, hash: string | null = 'sha256') =>
  (input: string) =>
    sign(hash, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });

/** One of each kind. */
export const WEAK_KEYS: readonly WeakKey[] = [
  {
    what: 'an RSA key of 1,024 bits',
    jwk: published(rsa1024.publicKey, { kid: 'short', use: 'sig', alg: 'RS256' }),
    token: tokenBy({ alg: 'RS256', kid: 'short' }, by(rsa1024.privateKey)),
  },
  {
    what: 'a key for encryption',
    jwk: published(forEncryption.publicKey, { kid: 'for-encryption', use: 'enc', alg: 'ES256' }),
    token: tokenBy({ alg: 'ES256', kid: 'for-encryption' }, by(forEncryption.privateKey)),
  },
  {
    what: 'a key of another algorithm by its own words',
    jwk: published(ofAnother.publicKey, { kid: 'of-another', use: 'sig', alg: 'ECDH-ES' }),
    token: tokenBy({ alg: 'ES256', kid: 'of-another' }, by(ofAnother.privateKey)),
  },
  {
    what: 'a key on another curve',
    jwk: published(p384.publicKey, { kid: 'p384', use: 'sig', alg: 'ES384' }),
    token: tokenBy({ alg: 'ES384', kid: 'p384' }, by(p384.privateKey, 'sha384')),
  },
  {
    what: 'a key of EdDSA',
    jwk: published(ed25519.publicKey, { kid: 'eddsa', use: 'sig', alg: 'EdDSA' }),
    token: tokenBy({ alg: 'EdDSA', kid: 'eddsa' }, (input) =>
      sign(null, Buffer.from(input), ed25519.privateKey),
    ),
  },
  {
    what: 'a secret',
    jwk: { kty: 'oct', k: secret.toString('base64url'), kid: 'secret', use: 'sig', alg: 'HS256' },
    token: tokenBy({ alg: 'HS256', kid: 'secret' }, (input) =>
      createHmac('sha256', secret).update(input).digest(),
    ),
  },
];
