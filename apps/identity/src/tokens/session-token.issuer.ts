import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../identity.config.js';
import type { SignedIn } from '../sessions/sign-in.service.js';
import { AccessTokenIssuer, type IssuedToken, numericDate, type TokenGrant } from './access-token.issuer.js';

/** Issues the access tokens of a session. */
@Injectable()
export class SessionTokenIssuer {
  constructor(
    private readonly issuer: AccessTokenIssuer,
    private readonly config: IdentityConfig,
  ) {}

  /** A token that expires when the session says its latest one does: call it after the commit that says so. */
  issue({ user, session }: SignedIn): IssuedToken {
    const { roles } = user;
    const grant: TokenGrant = {
      sub: user.id,
      aud: [this.config.audience],
      exp: numericDate(session.tokensExpireAt),
      client_id: session.clientId,
      scope: session.scope,
      sid: session.id,
      ...(roles.length > 0 && { roles }),
    };
    return this.issuer.issue(grant, session.lastUsedAt);
  }
}
