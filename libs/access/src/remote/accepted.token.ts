import type { AccessTokenClaims, UserDto } from '@gatehouse/contracts';
import { InvalidToken } from '@gatehouse/tokens';
import type { Principal } from '../principal/principal.js';
import { principalOf } from '../principal/principal.of.js';

const NEEDED = ['iss', 'sub', 'client_id', 'jti', 'scope'] as const;

/** Of whom and for whom an accepted token must be. */
export interface AcceptedFor {
  user: UserDto;
  issuer: string;
  audience: string;
}

/**
 * The principal of a token that identity has just accepted, byte for byte: what it claims may be believed without
 * another look at its signature. Roles are those that identity tells now, whatever they were when it was issued.
 *
 * @throws InvalidToken when it is not for this service, or not of whom identity named
 */
export function principalOfAccepted(token: string, { user, issuer, audience }: AcceptedFor): Principal {
  const claims = claimsOf(token);
  const audiences = [claims.aud].flat();
  if (claims.sub !== user.id || claims.iss !== issuer) throw new InvalidToken('accepted for somebody else');
  if (!audiences.includes(audience)) throw new InvalidToken('for another audience');
  return principalOf({ ...claims, aud: audiences, roles: user.roles }, token);
}

function claimsOf(token: string): AccessTokenClaims {
  try {
    const payload = Buffer.from(token.split('.')[1]!, 'base64url').toString();
    const claims = JSON.parse(payload) as Record<keyof AccessTokenClaims, unknown>;
    if (NEEDED.every((name) => typeof claims[name] === 'string')) return claims as AccessTokenClaims;
  } catch {
    throw new InvalidToken('accepted, but no token that says anything');
  }
  throw new InvalidToken('accepted, but of a kind that does not say enough');
}
