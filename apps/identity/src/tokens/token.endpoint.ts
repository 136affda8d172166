import type { TokenResponse } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../audit/request.origin.js';
import { ClientAuthentication } from '../clients/client-authentication.service.js';
import type { Client } from '../clients/client.entity.js';
import { clientCredentials } from './client.credentials.js';
import { Grants } from './grants/grants.js';
import { InvalidClient } from './oauth.error.js';
import { OAuthParameters } from './oauth.parameters.js';

/** A request below `/oauth` as it came. */
export interface OAuthRequest {
  body: unknown;
  authorization: string | undefined;
  origin: RequestOrigin;
}

/** `POST /oauth/token` (RFC 6749 §3.2). */
@Injectable()
export class TokenEndpoint {
  constructor(
    private readonly grants: Grants,
    private readonly clients: ClientAuthentication,
  ) {}

  async answer({ body, authorization, origin }: OAuthRequest): Promise<TokenResponse> {
    const parameters = new OAuthParameters(body);
    const grant = this.grants.get(parameters.require('grant_type'));
    const client = await this.authenticatedClient(parameters, authorization, origin);
    return grant.issue({ parameters, client, origin });
  }

  /** None when the request names no client; a client that is named must prove itself. */
  private async authenticatedClient(
    parameters: OAuthParameters,
    authorization: string | undefined,
    origin: RequestOrigin,
  ): Promise<Client | undefined> {
    const credentials = clientCredentials(authorization, parameters);
    if (!credentials) return undefined;
    const client = await this.clients.authenticate(credentials, origin);
    if (!client) throw new InvalidClient();
    return client;
  }
}
