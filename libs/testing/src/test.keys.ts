import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import type { SignatureAlgorithm } from '@gatehouse/tokens';

/** A key that signs, and the name tokens call it by. */
export interface TestKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** The signing keys of an identity for tests, and the set it publishes of them (RFC 7517 §5). */
export class TestKeys {
  /** Members of the published set beside the keys themselves: for those that must not verify anything. */
  readonly strays: object[] = [];
  private readonly jwt = new JwtService();
  private keys: TestKey[] = [];

  constructor(private readonly algorithm: SignatureAlgorithm) {
    this.rotate();
  }

  /** The one that signs now. */
  get signing(): TestKey {
    return this.keys[0]!;
  }

  /** The key before stays published, older ones are retired. */
  rotate(): void {
    this.keys = [newTestKey(this.algorithm), ...this.keys.slice(0, 1)];
  }

  /** Signs a payload as it stands. */
  sign(payload: string | Buffer, header: Record<string, unknown>): string {
    const { kid, privateKey } = this.signing;
    // As bytes: jsonwebtoken refuses to sign objects with claims of wrong types, and tests want those too.
    return this.jwt.sign(Buffer.from(payload), {
      privateKey: privateKey as never, // typed as a secret only; it takes a KeyObject as well
      algorithm: this.algorithm,
      header: { typ: 'at+jwt', alg: this.algorithm, kid, ...header },
    });
  }

  /** The set as it is published: public members alone (RFC 7517 §9.2). */
  published(): object {
    const own = this.keys.map(({ kid, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      alg: this.algorithm,
      use: 'sig',
    }));
    return { keys: [...this.strays, ...own] };
  }
}

/** A new key for this algorithm. */
export function newTestKey(algorithm: SignatureAlgorithm): TestKey {
  const pair =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid: randomUUID(), ...pair };
}

/** The base64url signature over what stands before it, by the algorithm of the key (RFC 7518 §3.3, §3.4). */
export function signatureOf(signingInput: string, key: KeyObject): string {
  return sign('sha256', Buffer.from(signingInput), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}
