/**
 * What is answered to a request.
 *
 * @internal
 */
export interface TestDocument {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** The members of a discovery document that guards and clients go by (RFC 8414 §2). */
export function metadataOf(issuer: string): TestDocument {
  const body = {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    token_endpoint: `${issuer}/oauth/token`,
    response_types_supported: [],
  };
  return { status: 200, headers: { 'cache-control': 'public, max-age=300' }, body };
}

/** A JWK set (RFC 7517 §5). */
export function keySetOf(body: object): TestDocument {
  return { status: 200, headers: { 'cache-control': 'public, max-age=30' }, body };
}
