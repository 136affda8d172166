import type { TokenResponse } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { scopesOf } from '../../accounts/user.scopes.js';
import { AuditTrail } from '../../audit/audit.trail.js';
import type { RequestOrigin } from '../../audit/request.origin.js';
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
    const used = await this.use(parameters.require('subject_token'), client.id, origin).catch(refuseInvalid);
    const answer = tokenResponse(
      this.issuer.issue(this.grantFor(client, used, parameters), used.row.lastUsedAt!),
    );
    answer.issued_token_type = ACCESS_TOKEN; // §2.2.1
    return answer;
  }

  /**
   * The same where identity itself is shown the key: no client takes part, and nobody acts for the user.
   *
   * @returns undefined when the key is not good
   */
  async issueHere(key: string): Promise<TokenResponse | undefined> {
    try {
      const used = await this.use(key, null);
      const grant = { ...this.subjectOf(used), aud: [this.config.audience], client_id: 'gatehouse:api-key' };
      return tokenResponse(this.issuer.issue(grant, used.row.lastUsedAt!));
    } catch (error) {
      if (error instanceof InvalidApiKey) return undefined;
      throw error;
    }
  }

  private use(key: string, actorId: string | null, origin?: RequestOrigin): Promise<UsedApiKey> {
    return this.database.transaction(async (manager) => {
      const used = await this.keys.use(manager, key);
      const details = { api_key_id: used.row.id };
      const subjectId = used.user.id;
      await this.audit.record(manager, { type: 'token.exchange', actorId, subjectId, details, origin });
      return used;
    });
  }

  private grantFor(client: Client, used: UsedApiKey, parameters: OAuthParameters): TokenGrant {
    const subject = this.subjectOf(used);
    return {
      ...subject,
      aud: narrowedAudience(targetsOf(parameters), [this.config.audience], client.audiences),
      scope: narrowedScope(parameters.get('scope'), subject.scope.split(' ')),
      client_id: client.id,
      act: { sub: client.id }, // §4.1
    };
  }

  private subjectOf({ row, user }: UsedApiKey): Pick<TokenGrant, 'sub' | 'sid' | 'roles' | 'scope' | 'exp'> {
    const ttl = Math.min(this.config.accessTokenTtl, LONGEST_API_KEY_TOKEN);
    const exp = numericDate(row.lastUsedAt!) + ttl;
    return {
      sub: user.id,
      sid: row.sid,
      ...(user.roles.length > 0 && { roles: user.roles }),
      scope: scopesOf(user)
        .filter((scope) => row.scopes.includes(scope))
        .join(' '),
      exp: row.expiresAt ? Math.min(exp, numericDate(row.expiresAt)) : exp,
    };
  }
}

function refuseInvalid(error: unknown): never {
  // §2.2.2: invalid_request, whatever is wrong with it
  throw error instanceof InvalidApiKey ? new OAuthError('invalid_request', error.message) : error;
}
