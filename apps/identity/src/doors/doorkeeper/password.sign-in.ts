import { normalizedEmail, type TokenResponse } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../../identity.config.js';
import type { SessionTerms } from '../../sessions/sessions.service.js';
import { SignIn } from '../../sessions/sign-in.service.js';
import type { TokenRequest } from '../../tokens/grants/grant.js';
import { OAuthError } from '../../tokens/oauth.error.js';
import type { OAuthParameters } from '../../tokens/oauth.parameters.js';
import { SessionTokenIssuer } from '../../tokens/session-token.issuer.js';
import { tokenResponse } from '../../tokens/token.response.js';

// The column's length; longer than any push service's.
const LONGEST_DEVICE_TOKEN = 255;

/** Opens a session that refresh tokens renew, for an address and a password in OAuth's parameters. */
@Injectable()
export class PasswordSignIn {
  constructor(
    private readonly people: SignIn,
    private readonly issuer: SessionTokenIssuer,
    private readonly config: IdentityConfig,
  ) {}

  /** @throws SignInRefused, or OAuthError when a parameter is missing or asks for too much */
  async signIn({ parameters, client, origin }: TokenRequest): Promise<TokenResponse> {
    const credentials = {
      email: addressIn(parameters),
      password: parameters.require('password'),
    };
    const terms = this.terms(parameters, client?.id ?? 'gatehouse:doorkeeper');
    const aud = this.issuer.audience(parameters);
    const signedIn = await this.people.signIn(credentials, terms, origin);
    return tokenResponse(this.issuer.issue(signedIn, { aud }), signedIn.refreshToken);
  }

  private terms(parameters: OAuthParameters, clientId: string): SessionTerms {
    return {
      clientId,
      tokenTtl: this.config.accessTokenTtl,
      idleTtl: this.config.refreshIdleTtl,
      absoluteTtl: this.config.refreshAbsoluteTtl,
      renewable: true,
      scope: parameters.get('scope'),
      deviceToken: deviceToken(parameters),
    };
  }
}

/** RFC 6749 §4.3.2 calls it `username`; Doorkeeper's clients send `email`. */
function addressIn(parameters: OAuthParameters): string {
  const email = parameters.get('email');
  const username = email === undefined ? parameters.require('username') : parameters.get('username');
  if (username === undefined || email === undefined) return (username ?? email)!;
  if (normalizedEmail(username) === normalizedEmail(email)) return username;
  throw new OAuthError('invalid_request', 'The parameters username and email name two different people.');
}

function deviceToken(parameters: OAuthParameters): string | undefined {
  const token = parameters.get('device_token');
  if (token && token.length > LONGEST_DEVICE_TOKEN) {
    throw new OAuthError(
      'invalid_request',
      `The parameter device_token is longer than ${LONGEST_DEVICE_TOKEN}.`,
    );
  }
  return token;
}
