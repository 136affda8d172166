import type { AccessTokenClaims } from '@gatehouse/contracts';
import type { KeySource } from '../keys/key.source.js';
import type { VerificationKey } from '../keys/verification.key.js';
import { CLAIMS_CHECKS } from './claims.checks.js';
import { compactToken, jsonOf } from './compact.token.js';
import { HeaderReader } from './header.reader.js';
import { InvalidToken } from './invalid-token.error.js';
import { isSignedBy } from './signature.check.js';
import type { JsonObject } from './strict.json.js';

/**
 * Whose tokens are accepted, for whom, and by which keys.
 *
 * @example
 * const options: TokenVerifierOptions = { issuer: 'https://id.example.com', audience: 'gatehouse', keys, skew: 30 };
 */
export interface TokenVerifierOptions {
  /** The exact `iss`. */
  issuer: string;
  /** What `aud` must contain. */
  audience: string;
  keys: KeySource;
  /** Milliseconds since the epoch; for tests. */
  clock?: () => number;
  /** Seconds by which the issuer's clock may differ: 0 to 60, 60 by default. */
  skew?: number;
}

/**
 * A token that passed every check.
 *
 * @example
 * const { claims, kid }: VerifiedToken = await verifier.open(token);
 */
export interface VerifiedToken {
  readonly claims: AccessTokenClaims;
  /** The key that signed it. */
  readonly kid: string;
  readonly signature: Buffer;
}

/**
 * Seconds by which clocks may differ at most: longer than that after its end no verifier takes a token for valid.
 *
 * @example
 * const ended = issuedAt - MAXIMUM_SKEW <= endedAt;
 */
export const MAXIMUM_SKEW = 60;

/**
 * Verifies access tokens (RFC 9068) with keys that are at hand, strictly: what two readers could understand
 * differently is refused (RFC 8725).
 *
 * @example
 * const verifier = new TokenVerifier({ issuer: 'https://id.example.com', audience: 'gatehouse', keys });
 * const { sub, scope } = await verifier.verify(token);
 */
export class TokenVerifier {
  /** Seconds of difference between the clocks that are tolerated. */
  readonly skew: number;
  private readonly clock: () => number;
  private readonly headers = new HeaderReader();

  constructor(private readonly options: TokenVerifierOptions) {
    this.skew = options.skew ?? MAXIMUM_SKEW;
    if (!(this.skew >= 0 && this.skew <= MAXIMUM_SKEW)) throw new RangeError('skew must be 0 to 60 seconds');
    this.clock = options.clock ?? Date.now;
  }

  /**
   * The claims of a valid token.
   *
   * @throws InvalidToken when any check fails; the caller is not told which
   * @throws KeysUnavailable when its key cannot be fetched right now
   */
  async verify(token: string): Promise<AccessTokenClaims> {
    return (await this.open(token)).claims;
  }

  /** As {@link verify}, and tells which key signed it: for those who keep what was verified. */
  async open(token: string): Promise<VerifiedToken> {
    const compact = compactToken(token);
    const key = await this.keyOf(this.headers.read(compact.header));
    if (!(await isSignedBy(compact, key))) throw new InvalidToken('the signature does not fit');
    const claims = jsonOf(compact.payload, 'payload');
    this.checkClaims(claims);
    return { claims: claimsOf(claims), kid: key.kid, signature: compact.signature };
  }

  private async keyOf({ kid, alg }: JsonObject): Promise<VerificationKey> {
    const key = await this.options.keys.find(kid as string);
    if (!key) throw new InvalidToken('unknown kid');
    // RFC 8725 §3.1: the key says which algorithm, the header may only agree.
    if (alg !== key.algorithm) throw new InvalidToken('alg is not the one of the key');
    return key;
  }

  private checkClaims(claims: JsonObject): void {
    const { issuer, audience } = this.options;
    const expected = { issuer, audience, now: this.clock() / 1_000, skew: this.skew };
    for (const [reason, holds] of CLAIMS_CHECKS) if (!holds(claims, expected)) throw new InvalidToken(reason);
  }
}

// The checks above have seen to the types; `aud` may be one text (RFC 7519 §4.1.3).
function claimsOf(claims: JsonObject): AccessTokenClaims {
  const { aud } = claims as { aud: string | string[] };
  const accepted = claims as unknown as AccessTokenClaims;
  return Array.isArray(aud) ? accepted : { ...accepted, aud: [aud] };
}
