import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import {
  type KeySource,
  type SignatureAlgorithm,
  type VerificationKey,
  verificationKey,
} from '@gatehouse/tokens';

/** A key that signs, and the name tokens call it by. */
export interface TestKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** The signing keys of an identity for tests, and the set it publishes of them (RFC 7517 §5). */
export class TestKeys implements KeySource {
  /** Members of the published set beside the keys themselves: for those that must not verify anything. */
  readonly strays: object[] = [];
  private readonly jwt = new JwtService();
  private keys: TestKey[];
  private next: TestKey;

  constructor(private readonly algorithm: SignatureAlgorithm) {
    this.keys = [newTestKey(algorithm)];
    this.next = newTestKey(algorithm);
  }

  /** The one that signs now. */
  get signing(): TestKey {
    return this.keys[0]!;
  }

  /**
   * The key before stays published, older ones are retired.
   *
   * @param announced whether the key that signs from now on is the one that was published for it before
   */
  rotate(announced: boolean): void {
    this.keys = [announced ? this.next : newTestKey(this.algorithm), ...this.keys.slice(0, 1)];
    if (announced) this.next = newTestKey(this.algorithm);
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

  find(kid: string): Promise<VerificationKey | undefined> {
    const key = this.keys.find((each) => each.kid === kid);
    return Promise.resolve(key && verificationKey(kid, key.publicKey));
  }

  /** The set as it is published: public members alone (RFC 7517 §9.2). */
  published(): object {
    const own = [...this.keys, this.next].map(({ kid, publicKey }) => ({
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
