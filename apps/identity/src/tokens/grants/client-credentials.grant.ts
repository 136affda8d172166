import type { TokenResponse } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit.trail.js';
import { IdentityConfig } from '../../identity.config.js';
import { AccessTokenIssuer } from '../access-token.issuer.js';
import { narrowedAudience } from '../audience.js';
import { InvalidClient } from '../oauth.error.js';
import { narrowedScope } from '../scope.js';
import { tokenResponse } from '../token.response.js';
import type { Grant, TokenRequest } from './grant.js';

/** A service asks for a token for itself (RFC 6749 §4.4). */
@Injectable()
export class ClientCredentialsGrant implements Grant {
  readonly type = 'client_credentials';

  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly issuer: AccessTokenIssuer,
    private readonly config: IdentityConfig,
  ) {}

  async issue({ parameters, client, origin }: TokenRequest): Promise<TokenResponse> {
    if (!client) throw new InvalidClient(); // §4.4.2: the client must authenticate
    const scope = narrowedScope(parameters.get('scope'), client.scopes);
    const aud = narrowedAudience(parameters.list('resource'), [this.config.audience], client.audiences);
    await this.database.statement((manager) =>
      this.audit.record(manager, {
        type: 'token.client_credentials',
        actorId: client.id,
        subjectId: client.id,
        origin,
      }),
    );
    const exp = Math.floor(Date.now() / 1_000) + this.config.accessTokenTtl;
    // §4.4.3: no refresh token, the client can come back at any time.
    return tokenResponse(this.issuer.issue({ sub: client.id, aud, exp, client_id: client.id, scope }));
  }
}
