import { Public } from '@gatehouse/access';
import { SCOPES } from '@gatehouse/contracts';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdentityConfig } from '../identity.config.js';
import { Grants } from './grants/grants.js';
import { JsonDocument } from '../documentation/response.decorators.js';

const CLIENT_AUTHENTICATION = ['client_secret_basic', 'client_secret_post'];

@Public()
@ApiTags('documents')
@Controller('.well-known/oauth-authorization-server')
export class MetadataController {
  constructor(
    private readonly config: IdentityConfig,
    private readonly grants: Grants,
  ) {}

  /** Authorization server metadata (RFC 8414 §2). */
  @Get()
  @Header('Cache-Control', 'public, max-age=300')
  @JsonDocument('The metadata (RFC 8414 §2).')
  metadata(): Record<string, string | string[]> {
    const { issuer } = this.config;
    return {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      token_endpoint: `${issuer}/oauth/token`,
      token_endpoint_auth_methods_supported: [...CLIENT_AUTHENTICATION, 'none'], // refresh_token
      revocation_endpoint: `${issuer}/oauth/revoke`,
      revocation_endpoint_auth_methods_supported: [...CLIENT_AUTHENTICATION, 'none'],
      introspection_endpoint: `${issuer}/oauth/introspect`,
      introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
      grant_types_supported: this.grants.types,
      response_types_supported: [],
      scopes_supported: Object.keys(SCOPES),
    };
  }
}
