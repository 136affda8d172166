import { randomUUID } from 'node:crypto';
import { type AccessTokenClaims, USER_SCOPES } from '@gatehouse/contracts';

/**
 * What a test says about the token it wants; everything else gets a usable value.
 *
 * @example
 * const claims: TestClaims = { kind: 'service', sub: 'consumer', scope: 'articles:read' };
 */
export interface TestClaims extends Partial<AccessTokenClaims> {
  /** A person by default; a service's token has its client as subject, and no session. */
  kind?: 'user' | 'service';
  /** Any other claim, or one of a wrong type: for tokens that must be refused. `undefined` leaves a claim out. */
  [claim: string]: unknown;
}

/**
 * What else of a token can be bent out of shape.
 *
 * @example
 * identity.tokenFor({}, { header: { kid: undefined } }); // names no key
 */
export interface TokenOverrides {
  /** Members of the header, added or replaced; `undefined` leaves one out. */
  header?: Record<string, unknown>;
}

const USER_SCOPE = USER_SCOPES.join(' ');
const SERVICE_SCOPE = 'articles:read revocations:read token:exchange';

/** Who signs, for whom, and when: NumericDate. */
export interface TestTokenOrigin {
  readonly issuer: string;
  readonly audience: string;
  readonly iat: number;
}

/** The claims of RFC 9068 §2.2 for a user or a service, valid for 15 minutes. */
export function testClaims(
  { issuer, audience, iat }: TestTokenOrigin,
  claims: TestClaims,
): Record<string, unknown> {
  const { kind = 'user', ...overrides } = claims;
  const own =
    kind === 'service'
      ? { sub: 'consumer', client_id: overrides.sub ?? 'consumer', scope: SERVICE_SCOPE }
      : { sub: 'usr_reader', client_id: 'gatehouse:test', scope: USER_SCOPE, sid: `ses_${randomUUID()}` };
  return { iss: issuer, aud: [audience], iat, exp: iat + 900, jti: randomUUID(), ...own, ...overrides };
}

/** What a token says, signed by whomever. */
export function claimsOf(token: string): AccessTokenClaims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as AccessTokenClaims;
}
