import { Public } from '@gatehouse/access';
import type { TokenResponse } from '@gatehouse/contracts';
import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Introspection, IntrospectionEndpoint } from './introspection.endpoint.js';
import { DocumentedIntrospection, DocumentedRevocation, DocumentedToken } from './oauth.documentation.js';
import { OAuth, type OAuthRequest } from './oauth.request.js';
import { RevocationEndpoint } from './revocation.endpoint.js';
import { TokenEndpoint } from './token.endpoint.js';
import { NotStored } from './not-stored.decorator.js';

@Public()
@ApiTags('oauth')
@Controller('oauth')
export class OAuthController {
  constructor(
    private readonly tokens: TokenEndpoint,
    private readonly revocation: RevocationEndpoint,
    private readonly introspection: IntrospectionEndpoint,
  ) {}

  @Post('token')
  @HttpCode(200)
  @NotStored()
  @DocumentedToken()
  token(@OAuth() request: OAuthRequest): Promise<TokenResponse> {
    return this.tokens.answer(request);
  }

  @Post('revoke')
  @HttpCode(200)
  @DocumentedRevocation()
  async revoke(@OAuth() request: OAuthRequest): Promise<object> {
    await this.revocation.answer(request);
    // As Doorkeeper did: RFC 7009 §2.2 leaves the body open, and clients such as simple-oauth2 read JSON alone.
    return {};
  }

  @Post('introspect')
  @HttpCode(200)
  @NotStored()
  @DocumentedIntrospection()
  introspect(@OAuth() request: OAuthRequest): Promise<Introspection> {
    return this.introspection.answer(request);
  }
}
