import type { AccessTokenClaims } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import type { User } from '../accounts/user.entity.js';
import { IdentityConfig } from '../identity.config.js';
import type { Session } from '../sessions/session.entity.js';
import { AccessTokenIssuer, type IssuedToken, numericDate } from './access-token.issuer.js';
import { narrowedAudience } from './audience.js';
import type { OAuthParameters } from './oauth.parameters.js';
import { narrowedScope } from './scope.js';

/** What a request may make narrower. */
export type TokenLimits = Partial<Pick<AccessTokenClaims, 'scope' | 'aud'>>;

/** Whom a token is for, and the session that it belongs to. */
export interface SessionOfUser {
  readonly user: Pick<User, 'id' | 'roles'>;
  readonly session: Pick<Session, 'id' | 'clientId' | 'scope' | 'lastUsedAt' | 'tokensExpireAt'>;
}

/** Issues the access tokens of sessions. */
@Injectable()
export class SessionTokenIssuer {
  constructor(
    private readonly issuer: AccessTokenIssuer,
    private readonly config: IdentityConfig,
  ) {}

  /** @throws OAuthError when a request asks for more than the session has */
  limits({ scope }: Pick<Session, 'scope'>, parameters: OAuthParameters): TokenLimits {
    return {
      scope: narrowedScope(parameters.get('scope'), scope.split(' ')),
      aud: this.audience(parameters),
    };
  }

  /** @throws OAuthError when a request asks for another audience than a session's tokens have */
  audience(parameters: OAuthParameters): string[] {
    return narrowedAudience(parameters.list('resource'), [this.config.audience]);
  }

  /**
   * A token for the latest use of a session: call it once that use is committed.
   *
   * @param claims what is narrower than all that the session has, or is the token's alone
   */
  issue(
    { user, session }: SessionOfUser,
    claims?: TokenLimits & Pick<AccessTokenClaims, 'csrf_token'>,
  ): IssuedToken {
    const { roles } = user;
    const grant = {
      sub: user.id,
      aud: [this.config.audience],
      exp: numericDate(session.tokensExpireAt),
      client_id: session.clientId,
      scope: session.scope,
      sid: session.id,
      ...(roles.length > 0 && { roles }),
      ...claims,
    };
    return this.issuer.issue(grant, session.lastUsedAt);
  }
}
