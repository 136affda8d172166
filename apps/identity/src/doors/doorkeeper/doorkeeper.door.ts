import type { Principal } from '@gatehouse/access';
import type { TokenResponse } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { SignInRefused } from '../../accounts/account.errors.js';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { SessionEnding } from '../../sessions/session.ending.js';
import { NoSession } from '../../sessions/session.errors.js';
import { OAuthError } from '../../tokens/oauth.error.js';
import type { OAuthRequest } from '../../tokens/oauth.request.js';
import { RequestingClient } from '../../tokens/oauth.request.js';
import { TokenEndpoint } from '../../tokens/token.endpoint.js';
import { DeviseFailure } from './devise.failure.js';
import { PasswordSignIn } from './password.sign-in.js';

/** The app API of Doorkeeper's clients. */
@Injectable()
export class DoorkeeperDoor {
  constructor(
    private readonly people: PasswordSignIn,
    private readonly clients: RequestingClient,
    private readonly tokens: TokenEndpoint,
    private readonly ending: SessionEnding,
  ) {}

  /** @throws DeviseFailure or OAuthError */
  async login(request: OAuthRequest): Promise<TokenResponse> {
    requireGrantType(request, 'password');
    const client = await this.clients.find(request);
    try {
      return await this.people.signIn({ ...request, client });
    } catch (error) {
      throw error instanceof SignInRefused ? new DeviseFailure(error) : error;
    }
  }

  /** @throws OAuthError */
  refresh(request: OAuthRequest): Promise<TokenResponse> {
    requireGrantType(request, 'refresh_token');
    return this.tokens.answer(request);
  }

  /** @throws NoSession when the token belongs to no session */
  async logout({ id, sessionId }: Principal, origin: RequestOrigin): Promise<void> {
    if (!sessionId) throw new NoSession();
    await this.ending.end({ userId: id, only: sessionId }, { actorId: id, reason: 'sign_out', origin });
  }
}

function requireGrantType({ parameters }: OAuthRequest, expected: string): void {
  if (parameters.require('grant_type') !== expected) {
    throw new OAuthError('unsupported_grant_type', `The grant type here is ${expected}.`);
  }
}
