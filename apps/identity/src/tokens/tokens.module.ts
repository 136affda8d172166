import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { ApiKeysModule } from '../clients/api-keys/api-keys.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccessTokenIssuer } from './access-token.issuer.js';
import { ApiKeyGrant } from './grants/api-key.grant.js';
import { ClientCredentialsGrant } from './grants/client-credentials.grant.js';
import { Grants } from './grants/grants.js';
import { RefreshTokenGrant } from './grants/refresh-token.grant.js';
import { TokenExchangeGrant } from './grants/token-exchange.grant.js';
import { IntrospectionEndpoint } from './introspection.endpoint.js';
import { IssuedTokens } from './issued.tokens.js';
import { MetadataController } from './metadata.controller.js';
import { OAuthController } from './oauth.controller.js';
import { RequestingClient } from './oauth.request.js';
import { RevocationEndpoint } from './revocation.endpoint.js';
import { SessionTokenIssuer } from './session-token.issuer.js';
import { TokenEndpoint } from './token.endpoint.js';
import { TokenRevocation } from './token.revocation.js';

const GRANTS = [ClientCredentialsGrant, RefreshTokenGrant, TokenExchangeGrant, ApiKeyGrant];
const ENDPOINTS = [TokenEndpoint, RevocationEndpoint, IntrospectionEndpoint, RequestingClient];

@Module({
  imports: [
    JwtModule.register({}),
    KeysModule,
    ClientsModule,
    ApiKeysModule,
    SessionsModule,
    RevocationModule,
  ],
  controllers: [OAuthController, MetadataController],
  providers: [
    ...GRANTS,
    ...ENDPOINTS,
    Grants,
    AccessTokenIssuer,
    SessionTokenIssuer,
    IssuedTokens,
    TokenRevocation,
  ],
  exports: [ApiKeyGrant, Grants, RequestingClient, SessionTokenIssuer, TokenEndpoint],
})
export class TokensModule {
  constructor(
    grants: Grants,
    clientCredentials: ClientCredentialsGrant,
    refreshToken: RefreshTokenGrant,
    tokenExchange: TokenExchangeGrant,
    apiKey: ApiKeyGrant,
  ) {
    for (const grant of [clientCredentials, refreshToken, tokenExchange, apiKey]) grants.register(grant);
  }
}
