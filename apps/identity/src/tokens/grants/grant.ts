import type { TokenResponse } from '@gatehouse/contracts';
import type { RequestOrigin } from '../../audit/request.origin.js';
import type { Client } from '../../clients/client.entity.js';
import type { OAuthParameters } from '../oauth.parameters.js';

/** A request to the token endpoint that was read, and whose client, if any, proved who it is. */
export interface TokenRequest {
  readonly parameters: OAuthParameters;
  readonly client: Client | undefined;
  readonly origin: RequestOrigin;
}

/** One way to get a token: it refuses first and issues last. */
export interface Grant {
  /** The `grant_type` it answers to. */
  readonly type: string;

  issue(request: TokenRequest): Promise<TokenResponse>;
}
