import type { KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { RevocationDto } from '@gatehouse/contracts';
import { type SignatureAlgorithm, TokenVerifier } from '@gatehouse/tokens';
import { TestApiKeys } from './test.api-keys.js';
import { TestClock } from './test.clock.js';
import { TestFeed } from './test.feed.js';
import { keySetOf, metadataOf, type TestDocument } from './test.documents.js';
import { feedRefusal } from './test.feed-guard.js';
import { grantFor } from './test.grant.js';
import { signatureOf, TestKeys } from './test.keys.js';
import { claimsOf, type TestClaims, testClaims, type TokenOverrides } from './test.token.js';

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
  /** A free one by default. */
  port?: number;
  /** Milliseconds between two comments in the feed; 4,000 by default. */
  commentEvery?: number;
}

/**
 * What a test says of a revocation; it is remembered for an hour unless the test says otherwise.
 *
 * @example
 * const revocation: TestRevocation = { kind: 'session', id: 'ses_1' };
 */
export type TestRevocation = Omit<RevocationDto, 'expires_at'> & { expires_at?: number };

type TestEndpoint = (body: string, headers: IncomingMessage['headers']) => TestDocument;

const HOUR = 3_600;
const NOT_FOUND: TestDocument = { status: 404, headers: {}, body: {} };

/**
 * An identity for tests: an issuer on 127.0.0.1 in the test's own process, with real keys, a JWK set, metadata, a
 * revocation feed and a token endpoint over HTTP, that signs any token a test wants and revokes what a test says.
 *
 * @example
 * const identity = await TestIdentity.start();
 * const app = await createTestApp({ issuer: identity.issuer });
 * const token = identity.tokenFor({ scope: 'articles:read' });
 * await fetch(app.url, { headers: { authorization: `Bearer ${token}` } }); // 200
 * identity.revoke(token); // and from a moment later on 401
 * await identity.close();
 */
export class TestIdentity {
  /** How often it was asked for anything. */
  requests = 0;
  /** How often the JWK set was. */
  keyRequests = 0;
  /** How often an API key was brought for exchange. */
  exchanges = 0;
  /** What the tokens' times are told by. */
  readonly clock = new TestClock();
  /** What it tells of tokens that ended before their time. */
  readonly feed: TestFeed;
  private readonly keys: TestKeys;
  private readonly apiKeys = new TestApiKeys();
  private readonly documents: Record<string, TestEndpoint | undefined> = {
    '/.well-known/jwks.json': () => this.keySet(),
    '/.well-known/oauth-authorization-server': () => metadataOf(this.issuer),
    '/oauth/token': (body, { authorization }) =>
      grantFor(this.grants, new URLSearchParams(body), authorization),
  };
  private readonly grants = {
    claimsOfKey: (key: string) => {
      this.exchanges += 1;
      return this.apiKeys.claimsOf(key);
    },
    tokenFor: (claims: TestClaims) => this.tokenFor(claims),
  };
  private away = false;

  private constructor(
    private readonly server: Server,
    private readonly options: Required<Pick<TestIdentityOptions, 'algorithm' | 'audience'>>,
    commentEvery: number | undefined,
  ) {
    this.feed = new TestFeed(commentEvery);
    this.keys = new TestKeys(options.algorithm);
  }

  /** Starts one. */
  static async start(options: TestIdentityOptions = {}): Promise<TestIdentity> {
    const { algorithm = 'ES256', audience = 'gatehouse', port = 0, commentEvery } = options;
    const server = createServer();
    const identity = new TestIdentity(server, { algorithm, audience }, commentEvery);
    server.on('request', (request, response) => void identity.answer(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return identity;
  }

  /** Its public URL, and the `iss` of its tokens. */
  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Whom its tokens are for. */
  get audience(): string {
    return this.options.audience;
  }

  /** The algorithm its keys sign with. */
  get algorithm(): SignatureAlgorithm {
    return this.options.algorithm;
  }

  /** The id of the key that signs now. */
  get kid(): string {
    return this.keys.signing.kid;
  }

  /** The key that signs now, as verifiers need it. */
  get publicKey(): KeyObject {
    return this.keys.signing.publicKey;
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
    const { issuer, audience } = this;
    return this.sign(
      JSON.stringify(testClaims({ issuer, audience, iat: this.clock.seconds }, claims)),
      header,
    );
  }

  /** Signs a payload as it stands, well-formed or not. */
  sign(payload: string | Buffer, header: Record<string, unknown> = {}): string {
    return this.keys.sign(payload, header);
  }

  /** The base64url signature over a header and payload that are encoded as a test likes. */
  signatureOf(signingInput: string): string {
    return signatureOf(signingInput, this.keys.signing.privateKey);
  }

  /**
   * An API key that guards can have exchanged for a token with these claims, until {@link endApiKey}.
   *
   * @example
   * const headers = { apikey: identity.apiKeyFor({ sub: 'usr_reader' }) };
   */
  apiKeyFor(claims: TestClaims = {}): string {
    return this.apiKeys.create(claims);
  }

  /** From now on the key is not good, and what it was exchanged for is refused as soon as guards have heard. */
  endApiKey(key: string): void {
    const ended = this.apiKeys.end(key);
    if (!ended) return;
    this.revoke({ kind: 'api_key', id: ended.id });
    this.revoke({ kind: 'session', id: ended.sid });
  }

  /**
   * Ends a token, or whatever else can be ended, and tells all who follow the {@link feed}.
   *
   * @example
   * identity.revoke(token);
   * identity.revoke({ kind: 'session', id: 'ses_1' });
   */
  revoke(what: string | TestRevocation): void {
    const now = this.clock.seconds;
    const revocation = typeof what === 'string' ? ({ kind: 'token', id: claimsOf(what).jti } as const) : what;
    const ended = ['subject', 'client'].includes(revocation.kind) && { before: now };
    this.feed.revoke({ expires_at: now + HOUR, ...ended, ...revocation });
  }

  /**
   * Signs with the next key from now on, which has been published all along. The one before stays published, older
   * ones are retired.
   *
   * @param announced false for a key that nobody can have seen before
   */
  rotateKeys({ announced = true } = {}): void {
    this.keys.rotate(announced);
  }

  /** Publishes a member of the JWK set that verifiers must pass over. */
  publish(jwk: object): void {
    this.keys.strays.push(jwk);
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

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    if (this.away) {
      request.socket.destroy();
      return;
    }
    const { url = '', headers } = request;
    if (/^\/revocations(\/snapshot)?(\?|$)/.test(url)) {
      const { issuer, audience, keys, clock } = this;
      const verifier = new TokenVerifier({ issuer, audience, keys, clock: clock.now });
      this.feed.answer(request, response, await feedRefusal(headers.authorization, verifier, issuer));
      return;
    }
    const document = this.documents[url]?.(await text(request), headers) ?? NOT_FOUND;
    response.writeHead(document.status, { 'content-type': 'application/json', ...document.headers });
    response.end(JSON.stringify(document.body));
  }

  private keySet(): TestDocument {
    this.keyRequests += 1;
    return keySetOf(this.keys.published());
  }
}
