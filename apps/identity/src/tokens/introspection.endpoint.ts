import type { AccessTokenClaims } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { RefreshTokensRepository } from '../sessions/refresh-tokens.repository.js';
import { numericDate } from './access-token.issuer.js';
import { IssuedTokens } from './issued.tokens.js';
import { type OAuthRequest, RequestingClient } from './oauth.request.js';

/** What is told about a token (RFC 7662 §2.2); of one that is not good, nothing else. */
export type Introspection =
  { active: false } | ({ active: true; token_type?: 'Bearer' } & Partial<AccessTokenClaims>);

const INACTIVE = { active: false } as const;

/** `POST /oauth/introspect` (RFC 7662). */
@Injectable()
export class IntrospectionEndpoint {
  constructor(
    private readonly clients: RequestingClient,
    private readonly issued: IssuedTokens,
    private readonly refreshTokens: RefreshTokensRepository,
  ) {}

  async answer(request: OAuthRequest): Promise<Introspection> {
    await this.clients.get(request); // §2.1: else tokens could be guessed at
    const token = request.parameters.require('token');
    return token.includes('.') ? this.accessToken(token) : this.refreshToken(token);
  }

  private async accessToken(token: string): Promise<Introspection> {
    const found = await this.issued.find(token);
    if (!found) return INACTIVE;
    const { csrf_token: _, ...claims } = found.claims;
    return { active: true, token_type: 'Bearer', ...claims };
  }

  private async refreshToken(token: string): Promise<Introspection> {
    const session = await this.refreshTokens.findRenewable(token);
    if (!session) return INACTIVE;
    const { userId: sub, clientId: client_id, scope, idleExpiresAt, createdAt, id: sid } = session;
    return {
      active: true,
      sub,
      client_id,
      scope,
      sid,
      exp: numericDate(idleExpiresAt),
      iat: numericDate(createdAt),
    };
  }
}
