import type { TokenResponse } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { scopesOf } from '../../accounts/user.scopes.js';
import { AuditTrail } from '../../audit/audit.trail.js';
import { InvalidApiKey } from '../../clients/api-keys/api-key.errors.js';
import { ApiKeys, LONGEST_API_KEY_TOKEN, type UsedApiKey } from '../../clients/api-keys/api-keys.service.js';
import type { Client } from '../../clients/client.entity.js';
import { IdentityConfig } from '../../identity.config.js';
import { AccessTokenIssuer, numericDate, type TokenGrant } from '../access-token.issuer.js';
import { narrowedAudience } from '../audience.js';
import { InvalidClient, OAuthError } from '../oauth.error.js';
import type { OAuthParameters } from '../oauth.parameters.js';
import { narrowedScope } from '../scope.js';
import { tokenResponse } from '../token.response.js';
import { ACCESS_TOKEN, refuseUnsupportedExchange, targetsOf, TOKEN_EXCHANGE } from './exchange.parameters.js';
import type { Grant, TokenRequest } from './grant.js';

/**
 * A guarded service has an API key that it was shown exchanged for an access token of the key's user (RFC 8693), and
 * goes on with that as with any other. The token lives 15 minutes at most, and never longer than the key; its `sid` is
 * the key's, in the place of a session's, so that the key's end reaches it at every guard, and whatever it was
 * exchanged for in turn.
 */
@Injectable()
export class ApiKeyGrant implements Grant {
  readonly type = TOKEN_EXCHANGE;
  /** RFC 8693 §3 leaves it to us to name further types. */
  readonly subjectType = 'urn:gatehouse:params:oauth:token-type:api-key';

  constructor(
    private readonly database: Database,
    private readonly keys: ApiKeys,
    private readonly audit: AuditTrail,
    private readonly issuer: AccessTokenIssuer,
    private readonly config: IdentityConfig,
  ) {}

  async issue({ parameters, client, origin }: TokenRequest): Promise<TokenResponse> {
    if (!client) throw new InvalidClient();
    // What every guard has: without the feed it would not learn of the key's end.
    if (!client.scopes.includes('revocations:read')) {
      throw new OAuthError('unauthorized_client', 'This client may not exchange API keys.');
    }
    refuseUnsupportedExchange(parameters);
    const key = parameters.require('subject_token');
    const used = await this.database.transaction(async (manager) => {
      const { row, user } = await this.keys.use(manager, key).catch(refuseInvalid);
      const people = { actorId: client.id, subjectId: user.id };
      const details = { api_key_id: row.id };
      await this.audit.record(manager, { type: 'token.exchange', ...people, details, origin });
      return { row, user };
    });
    const grant = this.grantFor(client, used, parameters);
    const answer = tokenResponse(this.issuer.issue(grant, used.row.lastUsedAt!));
    answer.issued_token_type = ACCESS_TOKEN; // §2.2.1
    return answer;
  }

  private grantFor(client: Client, { row, user }: UsedApiKey, parameters: OAuthParameters): TokenGrant {
    const granted = scopesOf(user).filter((scope) => row.scopes.includes(scope));
    const ttl = Math.min(this.config.accessTokenTtl, LONGEST_API_KEY_TOKEN);
    return {
      sub: user.id,
      sid: row.sid,
      ...(user.roles.length > 0 && { roles: user.roles }),
      aud: narrowedAudience(targetsOf(parameters), [this.config.audience], client.audiences),
      scope: narrowedScope(parameters.get('scope'), granted),
      exp: Math.min(
        numericDate(row.lastUsedAt!) + ttl,
        row.expiresAt ? numericDate(row.expiresAt) : Infinity,
      ),
      client_id: client.id,
      act: { sub: client.id }, // §4.1
    };
  }
}

function refuseInvalid(error: unknown): never {
  // §2.2.2: invalid_request, whatever is wrong with it
  throw error instanceof InvalidApiKey ? new OAuthError('invalid_request', error.message) : error;
}
