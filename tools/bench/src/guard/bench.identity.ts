import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { AccessTokenClaims } from '@gatehouse/contracts';
import type { GuardSettings } from './subject.js';

/** What tokens are signed with; HS256 by a secret that whoever verifies has to share. */
export const ALGORITHMS = ['ES256', 'RS256', 'HS256'] as const;

export type SignatureAlgorithm = (typeof ALGORITHMS)[number];

const AUDIENCE = 'gatehouse';
const KID = 'bench';

/** Publishes one key and signs as many tokens as asked for, of the size and shape that identity gives them. */
export class BenchIdentity {
  private constructor(
    private readonly server: Server,
    private readonly algorithm: SignatureAlgorithm,
    private readonly publicKey: KeyObject,
    private readonly privateKey: KeyObject,
    private readonly secret = randomBytes(32).toString('base64url'),
  ) {}

  static async start(algorithm: SignatureAlgorithm): Promise<BenchIdentity> {
    const { privateKey, publicKey } =
      algorithm === 'RS256'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: KID, alg: algorithm, use: 'sig' };
    const server = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new BenchIdentity(server, algorithm, publicKey, privateKey);
  }

  get settings(): GuardSettings {
    return {
      issuer: this.issuer,
      audience: AUDIENCE,
      jwksUrl: `${this.issuer}/.well-known/jwks.json`,
      algorithm: this.algorithm,
      key: this.algorithm === 'HS256' ? this.secret : this.publicKey.export({ format: 'pem', type: 'spki' }),
    };
  }

  /** Signs on all cores: RS256 takes its time. */
  async tokens(count: number): Promise<string[]> {
    const tokens: string[] = [];
    while (tokens.length < count) {
      const batch = Math.min(1_000, count - tokens.length);
      tokens.push(...(await Promise.all(Array.from({ length: batch }, () => this.token()))));
    }
    return tokens;
  }

  close(): void {
    this.server.close();
  }

  private get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async token(): Promise<string> {
    const header = { alg: this.algorithm, typ: 'at+jwt', kid: KID };
    const signingInput = [header, this.claims()]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${signingInput}.${(await this.sign(signingInput)).toString('base64url')}`;
  }

  private async sign(signingInput: string): Promise<Buffer> {
    if (this.algorithm === 'HS256') return createHmac('sha256', this.secret).update(signingInput).digest();
    const key = { key: this.privateKey, dsaEncoding: 'ieee-p1363' as const };
    return promisify(sign)('sha256', Buffer.from(signingInput), key);
  }

  private claims(): AccessTokenClaims {
    const iat = Math.floor(Date.now() / 1_000);
    return {
      iss: this.issuer,
      sub: `usr_${randomUUID()}`,
      aud: [AUDIENCE],
      iat,
      exp: iat + 7_200,
      jti: `tok_${randomUUID()}`,
      client_id: 'gatehouse:knock',
      scope: 'articles:read articles:write account',
      sid: `ses_${randomUUID()}`,
    };
  }
}
