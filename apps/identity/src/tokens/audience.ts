import { OAuthError } from './oauth.error.js';

/**
 * Whom a token is for: the resources that were asked for (RFC 8707), else the usual audience.
 *
 * @throws OAuthError `invalid_target` when one may not be asked for
 */
export function narrowedAudience(
  requested: readonly string[],
  usual: readonly string[],
  allowed: readonly string[] = [],
): string[] {
  for (const target of requested) {
    if (!usual.includes(target) && !allowed.includes(target)) {
      throw new OAuthError('invalid_target', 'The requested resource is unknown or may not be asked for.');
    }
  }
  return requested.length > 0 ? [...requested] : [...usual];
}
