import { SignIn } from '../sessions/sign-in.service.js';
import { SessionTokenIssuer } from '../tokens/session-token.issuer.js';
import { READER } from './credentials.js';
import type { IdentityTestApp } from './identity.test-app.js';

/** A renewable session as a door opens one. */
export interface RenewableTestSession {
  id: string;
  userId: string;
  accessToken: string;
  refreshToken: string;
}

/** Signs in at a door that gives refresh tokens. */
export async function openRenewableSession(
  app: IdentityTestApp,
  { clientId = 'gatehouse:test', credentials = READER } = {},
): Promise<RenewableTestSession> {
  const { accessTokenTtl: tokenTtl, refreshIdleTtl: idleTtl, refreshAbsoluteTtl: absoluteTtl } = app.config;
  const terms = { clientId, tokenTtl, idleTtl, absoluteTtl, renewable: true };
  const origin = { address: '127.0.0.1', device: 'a test' };
  const signedIn = await app.get(SignIn).signIn(credentials, terms, origin);
  const { token } = app.get(SessionTokenIssuer).issue(signedIn);
  const { id, userId } = signedIn.session;
  return { id, userId, accessToken: token, refreshToken: signedIn.refreshToken! };
}

/** Presents a refresh token to `POST /oauth/token`. */
export async function refresh(
  app: IdentityTestApp,
  refreshToken: string,
  fields: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, string> }> {
  const answer = await app.form('/oauth/token', {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...fields,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}
