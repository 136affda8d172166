import type { TestClaims } from './test.token.js';

/** The members of a discovery document that guards and clients go by (RFC 8414 §2). */
export function metadataOf(issuer: string): object {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    token_endpoint: `${issuer}/oauth/token`,
    response_types_supported: [],
  };
}

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const LIFETIME = 900;

/**
 * For whichever client asks: a token of its own (RFC 6749 §4.4.3), or one for an API key (RFC 8693 §2.2).
 *
 * @param claims what the API key stands for, where one was brought that is good
 */
export function grantFor(
  parameters: URLSearchParams,
  claims: TestClaims | undefined,
  tokenFor: (claims: TestClaims) => string,
): object {
  const own = { token_type: 'Bearer', expires_in: LIFETIME };
  if (!parameters.has('subject_token')) return { access_token: tokenFor({ kind: 'service' }), ...own };
  if (!claims) return { error: 'invalid_request' }; // RFC 8693 §2.2.2
  return { access_token: tokenFor(claims), ...own, issued_token_type: ACCESS_TOKEN };
}
