import type { TokenResponse } from '@gatehouse/contracts';
import type { IssuedToken } from './access-token.issuer.js';

/** The answer that carries a token (RFC 6749 §5.1), with `created_at` as Doorkeeper adds it. */
export function tokenResponse({ token, claims }: IssuedToken, refreshToken?: string): TokenResponse {
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: claims.exp - claims.iat,
    ...(refreshToken && { refresh_token: refreshToken }),
    scope: claims.scope,
    created_at: claims.iat,
  };
}
