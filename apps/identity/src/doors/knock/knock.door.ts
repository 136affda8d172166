import type { EmailAndPassword, UserToken } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { IdentityConfig } from '../../identity.config.js';
import type { SessionTerms } from '../../sessions/sessions.service.js';
import { SignIn } from '../../sessions/sign-in.service.js';
import { SessionTokenIssuer } from '../../tokens/session-token.issuer.js';

/** One call, one token, as clients of the knock gem know it: a session that cannot be renewed. */
@Injectable()
export class KnockDoor {
  private readonly terms: SessionTerms;

  constructor(
    private readonly people: SignIn,
    private readonly tokens: SessionTokenIssuer,
    { userTokenTtl: ttl }: IdentityConfig,
  ) {
    this.terms = { clientId: 'gatehouse:knock', tokenTtl: ttl, idleTtl: ttl, absoluteTtl: ttl };
  }

  async signIn(credentials: EmailAndPassword, origin: RequestOrigin): Promise<UserToken> {
    const signedIn = await this.people.signIn(credentials, this.terms, origin);
    return { jwt: this.tokens.issue(signedIn).token };
  }
}
