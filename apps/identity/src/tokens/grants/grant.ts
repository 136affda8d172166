import type { TokenResponse } from '@gatehouse/contracts';
import type { Client } from '../../clients/client.entity.js';
import type { OAuthRequest } from '../oauth.request.js';

/** A request to the token endpoint whose client, if it has one, proved who it is. */
export interface TokenRequest extends OAuthRequest {
  readonly client: Client | undefined;
}

/** One way to get a token: it refuses first and issues last. */
export interface Grant {
  /** The `grant_type` it answers to. */
  readonly type: string;
  /** Of token exchanges, which answer to one `grant_type`: the `subject_token_type` that this one takes (RFC 8693). */
  readonly subjectType?: string;

  issue(request: TokenRequest): Promise<TokenResponse>;
}
