/**
 * What a `WWW-Authenticate: Bearer` challenge may say (RFC 6750 §3, RFC 9728 §5.1).
 *
 * @example
 * const refusal: Challenge = { realm: 'articles', error: 'insufficient_scope', scope: ['articles:write'] };
 */
export interface Challenge {
  realm?: string | undefined;
  /** Where the service's RFC 9728 metadata is. */
  resourceMetadata?: string | undefined;
  /** Left out when the request carried no credential at all (RFC 6750 §3). */
  error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope' | undefined;
  /** The scopes that would have sufficed. */
  scope?: readonly string[] | undefined;
}

// Generic on purpose: which check failed is for the log alone.
const DESCRIPTIONS = {
  invalid_request: 'The credentials are ambiguous',
  invalid_token: 'The access token is not valid',
  insufficient_scope: 'The access token does not carry the scope this needs',
} as const;

/**
 * The value of `WWW-Authenticate` for a refusal (RFC 6750 §3).
 *
 * @example
 * challenge({ realm: 'articles' }); // Bearer realm="articles"
 * challenge({ realm: 'articles', error: 'insufficient_scope', scope: ['articles:write'] });
 */
export function challenge({ realm, resourceMetadata, error, scope }: Challenge): string {
  const parameters = Object.entries({
    realm,
    resource_metadata: resourceMetadata,
    error,
    scope: scope?.join(' '),
    error_description: error && DESCRIPTIONS[error],
  })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}="${quoted(value!)}"`);
  return parameters.length === 0 ? 'Bearer' : `Bearer ${parameters.join(', ')}`;
}

// quoted-string, RFC 9110 §5.6.4
function quoted(value: string): string {
  return value.replace(/["\\]/g, '\\$&');
}
