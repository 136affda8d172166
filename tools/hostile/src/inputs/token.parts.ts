import { generateKeyPairSync, sign } from 'node:crypto';

/** A header, or claims, of any kind. */
export type Json = Record<string, unknown>;

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** The public key of whoever signs what nobody issued. */
export const STRANGERS_JWK = stranger.publicKey.export({ format: 'jwk' });

/** A token of these, signed by a stranger. */
export function signed(header: Json, claims: Json): string {
  return signedText(JSON.stringify(header), JSON.stringify(claims));
}

/** The same of JSON as it is spelt. */
export function signedText(header: string, claims: string): string {
  const input = `${base64url(header)}.${base64url(claims)}`;
  const key = { key: stranger.privateKey, dsaEncoding: 'ieee-p1363' as const };
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
}

/** The DER that OpenSSL speaks, which JWS does not (RFC 7518 §3.4). */
export function derOf(raw: Buffer): Buffer {
  const integer = (bytes: Buffer) => Buffer.concat([Buffer.from([2, bytes.length + 1, 0]), bytes]);
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** The same bytes but for one bit. */
export function flipped(raw: Buffer, at: number, bit: number): Buffer {
  const copy = Buffer.from(raw);
  copy[at]! ^= bit;
  return copy;
}

/** The object without one of its members. */
export function without(object: Json, name: string): Json {
  return Object.fromEntries(Object.entries(object).filter(([each]) => each !== name));
}

/** The JSON in one part of a token. */
export function decoded(part: string): Json {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Json;
}

/** One part of a token. */
export function encoded(value: Json): string {
  return base64url(JSON.stringify(value));
}

/** As a token spells it (RFC 7515 §2). */
export function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
