import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { LocalKeySource } from '../keys/local.key-source.js';
import { InvalidToken } from '../verify/invalid-token.error.js';
import { TokenVerifier } from '../verify/token.verifier.js';

export const ISSUER = 'https://id.example.com';
export const AUDIENCE = 'gatehouse';
/** What the verifier's clock shows, in seconds. */
export const NOW = 1_780_000_000;

export const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const HEADER = { alg: 'ES256', typ: 'at+jwt', kid: 'ec-1' };
export const RSA_HEADER = { ...HEADER, alg: 'RS256', kid: 'rsa-1' };
export const CLAIMS = {
  iss: ISSUER,
  sub: 'usr_1',
  aud: [AUDIENCE],
  exp: NOW + 900,
  iat: NOW,
  jti: 'tok_1',
  client_id: 'gatehouse:knock',
  scope: 'articles:read',
  sid: 'ses_1',
};

export const keys = new LocalKeySource();
keys.add('ec-1', ec.publicKey);
keys.add('rsa-1', rsa.publicKey);

export const verifier = new TokenVerifier({
  issuer: ISSUER,
  audience: AUDIENCE,
  keys,
  clock: () => NOW * 1_000,
});

/** The reason, as the log gets it, for which a token is refused. */
export async function refusalOf(token: string): Promise<string> {
  try {
    await verifier.verify(token);
  } catch (error) {
    if (error instanceof InvalidToken) return error.reason;
    throw error;
  }
  throw new Error('the token was accepted');
}

type Part = string | Buffer | object;

/** One part as base64url: text and bytes as they stand, anything else as JSON. `undefined` members are left out. */
export function encoded(part: Part): string {
  const bytes = typeof part === 'string' || Buffer.isBuffer(part) ? part : JSON.stringify(part);
  return Buffer.from(bytes).toString('base64url');
}

/** The signature over what stands before it, by the algorithm of the key. */
export function signatureOf(signingInput: string, key: KeyObject): Buffer {
  return sign('sha256', Buffer.from(signingInput), { key, dsaEncoding: 'ieee-p1363' });
}

/** A token with these parts, rightly signed by `key`, whatever the header says. */
export function forged(header: Part, claims: Part, key: KeyObject = ec.privateKey): string {
  const signingInput = `${encoded(header)}.${encoded(claims)}`;
  return `${signingInput}.${signatureOf(signingInput, key).toString('base64url')}`;
}

/** A good token, but for what is said. */
export function tokenWith({ header = {}, claims = {} }: { header?: object; claims?: object } = {}): string {
  return forged({ ...HEADER, ...header }, { ...CLAIMS, ...claims });
}

/** A token signed with HMAC, the secret being what an attacker knows: the public key (RFC 8725 §2.1). */
export function hmacToken(header: object, secret: string | Buffer): string {
  const signingInput = `${encoded({ ...HEADER, ...header })}.${encoded(CLAIMS)}`;
  return `${signingInput}.${createHmac('sha256', secret).update(signingInput).digest('base64url')}`;
}
