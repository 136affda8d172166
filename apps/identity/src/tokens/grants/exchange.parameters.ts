import { OAuthError } from '../oauth.error.js';
import type { OAuthParameters } from '../oauth.parameters.js';

/** The `grant_type` of RFC 8693 §2.1. What is exchanged is told by `subject_token_type`. */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** RFC 8693 §3. */
export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** Whom the new token is to be for: by logical name or by location (RFC 8693 §2.1), which is one to us. */
export function targetsOf(parameters: OAuthParameters): string[] {
  return [...parameters.list('audience'), ...parameters.list('resource')];
}

/** @throws OAuthError `invalid_request` when it asks for what no exchange here does */
export function refuseUnsupportedExchange(parameters: OAuthParameters): void {
  if ((parameters.get('requested_token_type') ?? ACCESS_TOKEN) !== ACCESS_TOKEN) {
    throw new OAuthError('invalid_request', 'Only access tokens can be asked for.');
  }
  // RFC 8693 §2.1: actor_token_type comes with actor_token alone.
  if (['actor_token', 'actor_token_type'].some((name) => parameters.get(name) !== undefined)) {
    throw new OAuthError('invalid_request', 'The actor is the client itself; actor tokens are not taken.');
  }
}
