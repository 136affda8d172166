import type { Principal } from '@gatehouse/access';
import type { DeviseToken, EmailAndPassword } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { IdentityConfig } from '../../identity.config.js';
import { SessionEnding } from '../../sessions/session.ending.js';
import { NoSession } from '../../sessions/session.errors.js';
import type { SessionTerms } from '../../sessions/sessions.service.js';
import { SignIn } from '../../sessions/sign-in.service.js';
import { SessionTokenIssuer } from '../../tokens/session-token.issuer.js';

/** One token per user, as clients of the Devise + ApiKey recipe know it: signing in again ends the one before. */
@Injectable()
export class DeviseKeyDoor {
  private readonly terms: SessionTerms;

  constructor(
    private readonly people: SignIn,
    private readonly tokens: SessionTokenIssuer,
    private readonly ending: SessionEnding,
    { deviseTokenTtl: ttl }: IdentityConfig,
  ) {
    this.terms = {
      clientId: 'gatehouse:devise-key',
      tokenTtl: ttl,
      idleTtl: ttl,
      absoluteTtl: ttl,
      replacesEarlier: true,
    };
  }

  async signIn(credentials: EmailAndPassword, origin: RequestOrigin): Promise<DeviseToken> {
    return { token: this.tokens.issue(await this.people.signIn(credentials, this.terms, origin)).token };
  }

  /** @throws NoSession when the token belongs to no session */
  async signOut({ id, sessionId }: Principal, origin: RequestOrigin): Promise<void> {
    if (!sessionId) throw new NoSession();
    await this.ending.end({ userId: id, only: sessionId }, { actorId: id, reason: 'sign_out', origin });
  }
}
