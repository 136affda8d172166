import type { TestDocument } from './test.documents.js';
import { claimsOf, type TestClaims } from './test.token.js';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** What the token endpoint needs of an identity for tests. */
export interface TestGrants {
  /** What an API key stands for, where it is a good one. */
  claimsOfKey(key: string): TestClaims | undefined;
  tokenFor(claims: TestClaims): string;
}

/**
 * For whichever client asks, whatever its secret: a token of its own (RFC 6749 §4.4.3), or one for an API key that
 * names it as the actor (RFC 8693 §2.2, §4.1).
 */
export function grantFor(
  grants: TestGrants,
  parameters: URLSearchParams,
  authorization: string | undefined,
): TestDocument {
  const client = basicUser(authorization) ?? parameters.get('client_id');
  if (client === null) return refusal(401, 'invalid_client', 'Client authentication failed.');
  const key = parameters.get('subject_token');
  if (key === null) return granted(grants.tokenFor({ kind: 'service', sub: client }));
  const claims = grants.claimsOfKey(key);
  if (!claims) return refusal(400, 'invalid_request', 'The API key is not valid.'); // RFC 8693 §2.2.2
  const token = grants.tokenFor({ client_id: client, act: { sub: client }, ...claims });
  return granted(token, { issued_token_type: ACCESS_TOKEN });
}

function granted(token: string, more: object = {}): TestDocument {
  const { exp, iat, scope } = claimsOf(token);
  const own = { access_token: token, token_type: 'Bearer', expires_in: exp - iat, scope, created_at: iat };
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: { ...own, ...more } };
}

function refusal(status: number, error: string, description: string): TestDocument {
  // RFC 6749 §5.2
  const challenged = status === 401 && { 'www-authenticate': 'Basic realm="gatehouse", charset="UTF-8"' };
  const headers = { 'cache-control': 'no-store', ...challenged };
  return { status, headers, body: { error, error_description: description } };
}

/** RFC 6749 §2.3.1: form-encoded before it is joined to its secret. */
function basicUser(authorization = ''): string | undefined {
  const [, pair] = /^basic +(\S+)$/i.exec(authorization) ?? [];
  if (pair === undefined) return undefined;
  const [user = ''] = Buffer.from(pair, 'base64').toString().split(':');
  return new URLSearchParams(`user=${user}`).get('user') ?? undefined;
}
