import { PROBLEM_MEDIA_TYPE, PROBLEMS } from '@gatehouse/contracts';
import { bearerToken, challenge, type Challenge, InvalidToken, type TokenVerifier } from '@gatehouse/tokens';
import type { TestDocument } from './test.documents.js';

const SCOPE = 'revocations:read';
const DETAILS = {
  unauthenticated: 'This needs an access token.',
  invalid_token: 'The access token is not valid.',
  insufficient_scope: 'The access token does not carry the scope this needs.',
};

/** Why somebody does not get the feed, in the words of identity's own guard; undefined for who does. */
export async function feedRefusal(
  authorization: string | undefined,
  verifier: TokenVerifier,
  issuer: string,
): Promise<TestDocument | undefined> {
  const token = bearerToken(authorization ?? '');
  if (token === undefined) return refusal(issuer, 'unauthenticated');
  try {
    const { scope } = await verifier.verify(token);
    if (scope?.split(' ').includes(SCOPE)) return undefined;
    return refusal(issuer, 'insufficient_scope', { error: 'insufficient_scope', scope: [SCOPE] });
  } catch (error) {
    if (!(error instanceof InvalidToken)) throw error;
    return refusal(issuer, 'invalid_token', { error: 'invalid_token' });
  }
}

function refusal(issuer: string, code: keyof typeof DETAILS, more: Challenge = {}): TestDocument {
  const resourceMetadata = `${issuer}/.well-known/oauth-protected-resource`;
  const { status, title } = PROBLEMS[code];
  return {
    status,
    headers: {
      'content-type': PROBLEM_MEDIA_TYPE,
      'www-authenticate': challenge({ realm: 'gatehouse', resourceMetadata, ...more }),
    },
    body: { type: 'about:blank', title, status, detail: DETAILS[code], code },
  };
}
