import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { JwtService } from '@nestjs/jwt';
import type { SignatureAlgorithm } from '@gatehouse/tokens';
import { TestFeed } from './test.feed.js';
import { type TestClaims, testClaims, type TokenOverrides } from './test.token.js';

/**
 * What a {@link TestIdentity} may differ in.
 *
 * @example
 * const identity = await TestIdentity.start({ algorithm: 'RS256' });
 */
export interface TestIdentityOptions {
  /** ES256 by default. */
  algorithm?: SignatureAlgorithm;
  /** `gatehouse` by default. */
  audience?: string;
}

interface SigningKey {
  kid: string;
  publicKey: KeyObject;
  jwt: JwtService;
}

/**
 * An identity for tests: an issuer on 127.0.0.1 in the test's own process, with real keys, a JWK set and metadata over
 * HTTP, that signs any token a test wants and revokes what a test says.
 *
 * @example
 * const identity = await TestIdentity.start();
 * const app = await createTestApp({ issuer: identity.issuer });
 * await fetch(app.url, { headers: { authorization: `Bearer ${identity.tokenFor({ scope: 'articles:read' })}` } });
 * await identity.close();
 */
export class TestIdentity {
  /** How often the JWK set was asked for. */
  keyRequests = 0;
  /** What it tells of tokens that ended before their time. */
  readonly feed = new TestFeed();
  private readonly documents: Record<string, ((body: string) => object) | undefined> = {
    '/.well-known/jwks.json': () => this.keySet(),
    '/.well-known/oauth-authorization-server': () => this.metadata(),
    '/oauth/token': (body) => this.grant(new URLSearchParams(body)),
  };
  private readonly apiKeys = new Map<string, TestClaims>();
  private keys: SigningKey[] = [];
  private away = false;

  private constructor(
    private readonly server: Server,
    private readonly options: Required<TestIdentityOptions>,
  ) {
    this.rotateKeys();
  }

  /** Starts one on a free port. */
  static async start({
    algorithm = 'ES256',
    audience = 'gatehouse',
  }: TestIdentityOptions = {}): Promise<TestIdentity> {
    const server = createServer();
    const identity = new TestIdentity(server, { algorithm, audience });
    server.on('request', (request, response) => void identity.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return identity;
  }

  /** Its public URL, and the `iss` of its tokens. */
  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The id of the key that signs now. */
  get kid(): string {
    return this.signingKey.kid;
  }

  /** The key that signs now, as verifiers need it. */
  get publicKey(): KeyObject {
    return this.signingKey.publicKey;
  }

  /**
   * A signed access token; by default a good one, of a user, for 15 minutes.
   *
   * @example
   * identity.tokenFor({ kind: 'service', scope: 'articles:read' });
   * identity.tokenFor({ exp: 1 }); // expired
   * identity.tokenFor({}, { header: { typ: 'JWT' } }); // of another kind
   */
  tokenFor(claims: TestClaims = {}, { header = {} }: TokenOverrides = {}): string {
    return this.sign(JSON.stringify(testClaims(this.issuer, this.options.audience, claims)), header);
  }

  /**
   * An API key that guards can have exchanged for a token with these claims, until {@link endApiKey}.
   *
   * @example
   * const headers = { apikey: identity.apiKeyFor({ sub: 'usr_reader' }) };
   */
  apiKeyFor(claims: TestClaims = {}): string {
    const key = `ghk_${randomUUID()}`;
    this.apiKeys.set(key, claims);
    return key;
  }

  /** From now on the key is not good. What it was exchanged for goes on: revoke that through {@link feed}. */
  endApiKey(key: string): void {
    this.apiKeys.delete(key);
  }

  /** Signs a payload as it stands, well-formed or not. */
  sign(payload: string | Buffer, header: Record<string, unknown> = {}): string {
    const { jwt, kid } = this.signingKey;
    // As bytes: jsonwebtoken refuses to sign objects with claims of wrong types, and tests want those too.
    return jwt.sign(Buffer.from(payload), {
      algorithm: this.options.algorithm,
      header: { typ: 'at+jwt', alg: this.options.algorithm, kid, ...header },
    });
  }

  /** Signs with a new key from now on. The one before stays published, older ones are retired. */
  rotateKeys(): void {
    const { privateKey, publicKey } = newKeyPair(this.options.algorithm);
    this.keys = [
      { kid: randomUUID(), publicKey, jwt: new JwtService({ privateKey }) },
      ...this.keys.slice(0, 1),
    ];
  }

  /** From now on no request is answered: connections break. */
  outage(): void {
    this.away = true;
    this.server.closeAllConnections();
  }

  /** Ends the {@link outage}. */
  recover(): void {
    this.away = false;
  }

  /** Stops listening. */
  async close(): Promise<void> {
    this.feed.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get signingKey(): SigningKey {
    return this.keys[0]!;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.away) {
      request.socket.destroy();
      return;
    }
    if (this.feed.answer(request, response)) return;
    const document = this.documents[request.url ?? '']?.(await text(request));
    const status = !document ? 404 : 'error' in document ? 400 : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  }

  // RFC 7517 §5
  private keySet(): object {
    this.keyRequests += 1;
    const { algorithm } = this.options;
    return {
      keys: this.keys.map(({ kid, publicKey }) => ({
        ...publicKey.export({ format: 'jwk' }),
        kid,
        alg: algorithm,
        use: 'sig',
      })),
    };
  }

  // RFC 8414 §2
  private metadata(): object {
    const { issuer } = this;
    return {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      token_endpoint: `${issuer}/oauth/token`,
      response_types_supported: [],
    };
  }

  // For whichever client asks: a token of its own (RFC 6749 §4.4.3), or one for an API key (RFC 8693 §2.2).
  private grant(parameters: URLSearchParams): object {
    const byKey = parameters.get('subject_token_type') === 'urn:gatehouse:params:oauth:token-type:api-key';
    const claims = byKey
      ? this.apiKeys.get(parameters.get('subject_token') ?? '')
      : ({ kind: 'service' } as const);
    if (!claims) return { error: 'invalid_request' };
    return { access_token: this.tokenFor(claims), token_type: 'Bearer', expires_in: 900 };
  }
}

function newKeyPair(algorithm: SignatureAlgorithm): { privateKey: KeyObject; publicKey: KeyObject } {
  return algorithm === 'ES256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
}
