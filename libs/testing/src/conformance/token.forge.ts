import { createHmac, type KeyObject } from 'node:crypto';
import type { SignatureAlgorithm } from '@gatehouse/tokens';
import type { RevocationDto } from '@gatehouse/contracts';
import { newTestKey, signatureOf } from '../test.keys.js';

/**
 * Who signs the tokens that the service under test takes. `TestIdentity` is one; a service that is its own issuer gives
 * one that signs with the keys it has.
 *
 * @example
 * const issuer: ConformanceIssuer = await TestIdentity.start();
 */
export interface ConformanceIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithm: SignatureAlgorithm;
  readonly kid: string;
  readonly publicKey: KeyObject;
  /** The base64url signature of the key that is named, over a header and payload encoded in any way. */
  signatureOf(signingInput: string): string;
  /** Ends something for every guard. */
  revoke(revocation: Omit<RevocationDto, 'expires_at'>): unknown;
  /** An API key of this user for these scopes. */
  apiKeyFor(claims: { sub: string; scope: string }): string | Promise<string>;
  /** Ends that key. */
  endApiKey(key: string): unknown;
}

/** A part of a token: text and bytes as they stand, anything else as JSON; members that are undefined are left out. */
export type Part = string | Buffer | object;

/** One part as base64url. */
export function encoded(part: Part): string {
  const bytes = typeof part === 'string' || Buffer.isBuffer(part) ? part : JSON.stringify(part);
  return Buffer.from(bytes).toString('base64url');
}

/** Makes tokens that the issuer never would: with its own signature where that is the point, with another where not. */
export class TokenForge {
  /** A key of somebody who is nobody. */
  readonly stranger;

  constructor(private readonly issuer: ConformanceIssuer) {
    this.stranger = newTestKey(issuer.algorithm);
  }

  /** The header of a good token. */
  header(overrides: object = {}): object {
    const { algorithm: alg, kid } = this.issuer;
    return { alg, typ: 'at+jwt', kid, ...overrides };
  }

  /** Rightly signed by the issuer, whatever stands in it. */
  signed(header: Part, payload: Part): string {
    return this.signedAsSent(encoded(header), encoded(payload));
  }

  /** The same for parts that are encoded already. */
  signedAsSent(header: string, payload: string): string {
    return `${header}.${payload}.${this.issuer.signatureOf(`${header}.${payload}`)}`;
  }

  /** Rightly signed, by the stranger. */
  signedByStranger(header: object, payload: Part): string {
    const input = `${encoded(this.header(header))}.${encoded(payload)}`;
    return `${input}.${signatureOf(input, this.stranger.privateKey)}`;
  }

  /** With no signature at all (RFC 7519 §6). */
  unsigned(header: object, payload: Part): string {
    return `${encoded(this.header(header))}.${encoded(payload)}.`;
  }

  /** Signed with HMAC, the secret being what an attacker knows, such as the public key (RFC 8725 §2.1). */
  hmac(secret: string | Buffer, payload: Part, header: object = {}): string {
    const input = `${encoded(this.header({ alg: 'HS256', ...header }))}.${encoded(payload)}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  }
}
