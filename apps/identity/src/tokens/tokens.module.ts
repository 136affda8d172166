import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { ClientsModule } from '../clients/clients.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccessTokenIssuer } from './access-token.issuer.js';
import { ClientCredentialsGrant } from './grants/client-credentials.grant.js';
import { Grants } from './grants/grants.js';
import { RefreshTokenGrant } from './grants/refresh-token.grant.js';
import { MetadataController } from './metadata.controller.js';
import { SessionTokenIssuer } from './session-token.issuer.js';
import { TokenController } from './token.controller.js';
import { TokenEndpoint } from './token.endpoint.js';

@Module({
  imports: [JwtModule.register({}), KeysModule, ClientsModule, SessionsModule],
  controllers: [TokenController, MetadataController],
  providers: [
    Grants,
    ClientCredentialsGrant,
    RefreshTokenGrant,
    AccessTokenIssuer,
    SessionTokenIssuer,
    TokenEndpoint,
  ],
  exports: [Grants, SessionTokenIssuer],
})
export class TokensModule {
  constructor(grants: Grants, clientCredentials: ClientCredentialsGrant, refreshToken: RefreshTokenGrant) {
    for (const grant of [clientCredentials, refreshToken]) grants.register(grant);
  }
}
