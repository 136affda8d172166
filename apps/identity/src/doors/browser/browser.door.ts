import type { Principal } from '@gatehouse/access';
import type { EmailAndPassword } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { InvalidCredentials } from '../../accounts/account.errors.js';
import type { User } from '../../accounts/user.entity.js';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { IdentityConfig } from '../../identity.config.js';
import { newOpaqueToken } from '../../secrets/opaque.token.js';
import { SessionEnding } from '../../sessions/session.ending.js';
import { NoSession } from '../../sessions/session.errors.js';
import type { SessionTerms } from '../../sessions/sessions.service.js';
import { SignIn } from '../../sessions/sign-in.service.js';
import { SessionTokenIssuer } from '../../tokens/session-token.issuer.js';
import type { BrowserCookieValues } from './browser.cookies.js';
import { IncorrectEmail, IncorrectPassword } from './browser.errors.js';

/** A session that a browser carries in a cookie. */
export interface BrowserSession extends BrowserCookieValues {
  user: User;
}

/** Signs browsers in and out. */
@Injectable()
export class BrowserDoor {
  private readonly terms: SessionTerms;

  constructor(
    private readonly people: SignIn,
    private readonly tokens: SessionTokenIssuer,
    private readonly ending: SessionEnding,
    private readonly config: IdentityConfig,
  ) {
    const ttl = config.browserSessionTtl;
    this.terms = { clientId: 'gatehouse:browser', tokenTtl: ttl, idleTtl: ttl, absoluteTtl: ttl };
  }

  /** @throws SignInRefused, or in its place IncorrectEmail and IncorrectPassword where the settings reveal that much */
  async signIn(credentials: EmailAndPassword, origin: RequestOrigin): Promise<BrowserSession> {
    try {
      const signedIn = await this.people.signIn(credentials, this.terms, origin);
      const csrfToken = newOpaqueToken();
      const { token } = this.tokens.issue(signedIn, { csrf_token: csrfToken });
      return { user: signedIn.user, token, csrfToken };
    } catch (error) {
      throw error instanceof InvalidCredentials && this.config.revealAccountExistence
        ? revealing(error)
        : error;
    }
  }

  /** @throws NoSession when the token belongs to no session */
  async signOut({ id, sessionId }: Principal, origin: RequestOrigin): Promise<void> {
    if (!sessionId) throw new NoSession();
    await this.ending.end({ userId: id, only: sessionId }, { actorId: id, reason: 'sign_out', origin });
  }
}

function revealing({ userId }: InvalidCredentials): Error {
  return userId ? new IncorrectPassword() : new IncorrectEmail();
}
