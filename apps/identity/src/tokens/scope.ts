import { OAuthError } from './oauth.error.js';

/**
 * The scope that a request gets: what it asks for, where that is all granted; all that is granted where it asks for
 * nothing (RFC 6749 §3.3).
 *
 * @throws OAuthError `invalid_scope` when it asks for more, or not in the form of §3.3
 */
export function narrowedScope(requested: string | undefined, granted: readonly string[]): string {
  if (requested === undefined) return granted.join(' ');
  const scopes = new Set(requested.split(' '));
  for (const scope of scopes) {
    if (!granted.includes(scope)) {
      throw new OAuthError(
        'invalid_scope',
        'The requested scope is unknown, malformed or more than is granted.',
      );
    }
  }
  return [...scopes].join(' ');
}
