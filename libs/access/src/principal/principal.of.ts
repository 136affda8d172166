import type { AccessTokenClaims } from '@gatehouse/contracts';
import type { Principal } from './principal.js';

/** The principal a verified token stands for. Frozen: one and the same object serves every request with that token. */
export function principalOf(claims: AccessTokenClaims, token: string): Principal {
  return Object.freeze({
    // RFC 9068 §2.2: where no resource owner took part, the subject is the client itself.
    kind: claims.sub === claims.client_id ? 'service' : 'user',
    id: claims.sub,
    clientId: claims.client_id,
    scopes: Object.freeze(claims.scope.split(' ').filter(Boolean)),
    roles: Object.freeze([...(claims.roles ?? [])]),
    ...(claims.act !== undefined && { actor: claims.act.sub }),
    ...(claims.sid !== undefined && { sessionId: claims.sid }),
    ...(claims.csrf_token !== undefined && { csrfToken: claims.csrf_token }),
    tokenId: claims.jti,
    audience: Object.freeze([...claims.aud]),
    expiresAt: claims.exp,
    token,
  });
}
