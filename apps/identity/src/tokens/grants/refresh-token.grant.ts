import type { TokenResponse } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { InvalidRefreshToken } from '../../sessions/refresh.errors.js';
import { SessionRenewal } from '../../sessions/session.renewal.js';
import { OAuthError } from '../oauth.error.js';
import { SessionTokenIssuer } from '../session-token.issuer.js';
import { tokenResponse } from '../token.response.js';
import type { Grant, TokenRequest } from './grant.js';

/** A refresh token is exchanged for the next one and an access token (RFC 6749 §6). */
@Injectable()
export class RefreshTokenGrant implements Grant {
  readonly type = 'refresh_token';

  constructor(
    private readonly renewal: SessionRenewal,
    private readonly issuer: SessionTokenIssuer,
  ) {}

  async issue({ parameters, client, origin }: TokenRequest): Promise<TokenResponse> {
    const token = parameters.require('refresh_token');
    try {
      const owner = await this.renewal.ownerOf(token, client?.id);
      // Before the token is spent: a refusal must not cost the session.
      const limits = this.issuer.limits(owner.session, parameters);
      const renewed = await this.renewal.renew(token, owner, origin);
      return tokenResponse(this.issuer.issue(renewed, limits), renewed.refreshToken);
    } catch (error) {
      throw error instanceof InvalidRefreshToken ? new OAuthError('invalid_grant', error.message) : error;
    }
  }
}
