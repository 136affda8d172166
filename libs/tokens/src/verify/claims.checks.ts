import type { JsonObject } from './strict.json.js';

/** What a token's claims are compared with. Times in seconds since the epoch. */
export interface Expectations {
  issuer: string;
  audience: string;
  now: number;
  skew: number;
}

/** One thing that must hold, with the words the log gets when it does not. */
export type ClaimsCheck = readonly [
  reason: string,
  holds: (claims: JsonObject, expected: Expectations) => boolean,
];

/** What the claims of an access token must be (RFC 9068 §2.2, §4; RFC 7519 §4.1), in order: first the types, then the values. */
export const CLAIMS_CHECKS: readonly ClaimsCheck[] = [
  ['a required claim is missing or of the wrong type', hasRequiredClaims],
  ['an optional claim is of the wrong type', hasWellTypedOptionalClaims],
  ['from another issuer', isFromIssuer],
  ['for another audience', isForAudience],
  ['expired', isNotExpired],
  ['not valid yet', isNotEarly],
  ['issued in the future', isNotFromTheFuture],
];

const REQUIRED_TEXTS = ['iss', 'sub', 'jti', 'client_id'];
const OPTIONAL_TEXTS = ['sid', 'csrf_token'];

function hasRequiredClaims(claims: JsonObject): boolean {
  return (
    REQUIRED_TEXTS.every((name) => isText(claims[name])) &&
    typeof claims['scope'] === 'string' &&
    (isText(claims['aud']) || isListOfTexts(claims['aud'])) &&
    Number.isFinite(claims['exp']) &&
    Number.isFinite(claims['iat'])
  );
}

function hasWellTypedOptionalClaims(claims: JsonObject): boolean {
  const { nbf, roles, act } = claims;
  return (
    (nbf === undefined || Number.isFinite(nbf)) &&
    (roles === undefined || isListOfTexts(roles)) &&
    (act === undefined || isActor(act)) &&
    OPTIONAL_TEXTS.every((name) => claims[name] === undefined || isText(claims[name]))
  );
}

// RFC 9207 and RFC 8725 §3.8: character by character, no URL comparison.
function isFromIssuer({ iss }: JsonObject, { issuer }: Expectations): boolean {
  return iss === issuer;
}

// RFC 7519 §4.1.3
function isForAudience({ aud }: JsonObject, { audience }: Expectations): boolean {
  return Array.isArray(aud) ? aud.includes(audience) : aud === audience;
}

// RFC 7519 §4.1.4: not on or after that time
function isNotExpired({ exp }: JsonObject, { now, skew }: Expectations): boolean {
  return now < (exp as number) + skew;
}

// RFC 7519 §4.1.5
function isNotEarly({ nbf }: JsonObject, { now, skew }: Expectations): boolean {
  return nbf === undefined || (nbf as number) <= now + skew;
}

function isNotFromTheFuture({ iat }: JsonObject, { now, skew }: Expectations): boolean {
  return (iat as number) <= now + skew;
}

// RFC 8693 §4.1; how deep it may nest is bounded where the JSON is read
function isActor(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { sub, act } = value as JsonObject;
  return isText(sub) && (act === undefined || isActor(act));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}
