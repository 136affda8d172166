import type { TokenResponse } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { Grants } from './grants/grants.js';
import { type OAuthRequest, RequestingClient } from './oauth.request.js';

/** `POST /oauth/token` (RFC 6749 §3.2). */
@Injectable()
export class TokenEndpoint {
  constructor(
    private readonly grants: Grants,
    private readonly clients: RequestingClient,
  ) {}

  async answer(request: OAuthRequest): Promise<TokenResponse> {
    const grant = this.grants.chosenBy(request.parameters);
    const client = await this.clients.find(request);
    return grant.issue({ ...request, client });
  }
}
