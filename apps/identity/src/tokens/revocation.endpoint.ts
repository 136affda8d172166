import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.entity.js';
import { RefreshTokensRepository } from '../sessions/refresh-tokens.repository.js';
import { SessionEnding } from '../sessions/session.ending.js';
import { IssuedTokens } from './issued.tokens.js';
import { InvalidClient, OAuthError } from './oauth.error.js';
import { type OAuthRequest, RequestingClient } from './oauth.request.js';
import { TokenRevocation } from './token.revocation.js';

/** `POST /oauth/revoke` (RFC 7009): an access token ends alone, a refresh token with its session. */
@Injectable()
export class RevocationEndpoint {
  constructor(
    private readonly clients: RequestingClient,
    private readonly issued: IssuedTokens,
    private readonly refreshTokens: RefreshTokensRepository,
    private readonly tokens: TokenRevocation,
    private readonly sessions: SessionEnding,
  ) {}

  /** A token that is not known, or no longer good, is as good as revoked (§2.2). */
  async answer(request: OAuthRequest): Promise<void> {
    const token = request.parameters.require('token');
    const client = await this.clients.find(request);
    if (token.includes('.')) await this.revokeAccessToken(token, client, request);
    else await this.revokeRefreshToken(token, client, request);
  }

  private async revokeAccessToken(
    token: string,
    client: Client | undefined,
    { origin }: OAuthRequest,
  ): Promise<void> {
    const found = await this.issued.find(token);
    if (!found) return;
    refuseUnlessOf(found.claims.client_id, client);
    await this.tokens.revoke(found.claims, client?.id ?? null, origin);
  }

  private async revokeRefreshToken(
    token: string,
    client: Client | undefined,
    { origin }: OAuthRequest,
  ): Promise<void> {
    const owner = await this.refreshTokens.findOwner(token);
    if (!owner) return;
    const { id, userId, clientId } = owner.session;
    refuseUnlessOf(clientId, client);
    const cause = { actorId: client?.id ?? null, reason: 'refresh_token_revocation', origin } as const;
    await this.sessions.end({ userId, only: id }, cause);
  }
}

/** §2.1: a client's token is revoked by that client; one got at a door without a client, by whoever has it. */
function refuseUnlessOf(clientId: string, client: Client | undefined): void {
  if (clientId.startsWith('gatehouse:') || clientId === client?.id) return;
  if (!client) throw new InvalidClient();
  throw new OAuthError('unauthorized_client', 'This token was issued to another client.');
}
