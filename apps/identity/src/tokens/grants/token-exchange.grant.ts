import type { AccessTokenClaims, TokenResponse } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import type { VerifiedToken } from '@gatehouse/tokens';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit.trail.js';
import type { Client } from '../../clients/client.entity.js';
import { IdentityConfig } from '../../identity.config.js';
import { AccessTokenIssuer } from '../access-token.issuer.js';
import { narrowedAudience } from '../audience.js';
import { IssuedTokens } from '../issued.tokens.js';
import { InvalidClient, OAuthError } from '../oauth.error.js';
import type { OAuthParameters } from '../oauth.parameters.js';
import { narrowedScope } from '../scope.js';
import { tokenResponse } from '../token.response.js';
import { ACCESS_TOKEN, refuseUnsupportedExchange, targetsOf, TOKEN_EXCHANGE } from './exchange.parameters.js';
import type { Grant, TokenRequest } from './grant.js';

/** How often a token may be exchanged in turn: each time its id and its chain of actors grow. */
const LONGEST_CHAIN = 8;

/** A service that acts for its caller exchanges the caller's token for one for another service (RFC 8693). */
@Injectable()
export class TokenExchangeGrant implements Grant {
  readonly type = TOKEN_EXCHANGE;
  readonly subjectType = ACCESS_TOKEN;

  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly issued: IssuedTokens,
    private readonly issuer: AccessTokenIssuer,
    private readonly config: IdentityConfig,
  ) {}

  async issue({ parameters, client, origin }: TokenRequest): Promise<TokenResponse> {
    if (!client) throw new InvalidClient();
    if (!client.scopes.includes('token:exchange')) {
      throw new OAuthError('unauthorized_client', 'This client may not exchange tokens.');
    }
    refuseUnsupportedExchange(parameters);
    const subject = await this.subjectToken(parameters);
    const grant = this.grantFor(client, subject.claims, parameters);
    const details = { token_id: subject.claims.jti, audience: grant.aud.join(' ') };
    await this.database.statement((manager) =>
      this.audit.record(manager, {
        type: 'token.exchange',
        actorId: client.id,
        subjectId: grant.sub,
        details,
        origin,
      }),
    );
    const answer = tokenResponse(this.issuer.issueFrom(subject, grant));
    answer.issued_token_type = ACCESS_TOKEN; // §2.2.1
    return answer;
  }

  private async subjectToken(parameters: OAuthParameters): Promise<VerifiedToken> {
    const subject = await this.issued.find(parameters.require('subject_token'));
    // RFC 8693 §2.2.2: invalid_request, whatever is wrong with it
    if (!subject) throw new OAuthError('invalid_request', 'The subject token is not valid.');
    if (subject.claims.jti.split('.').length > LONGEST_CHAIN) {
      throw new OAuthError('invalid_request', 'The subject token was exchanged too often already.');
    }
    return subject;
  }

  /** Never wider than the subject token, never longer-lived, and it tells who acts (§4.1). */
  private grantFor(client: Client, subject: AccessTokenClaims, parameters: OAuthParameters) {
    const { sub, sid, roles, act, exp, scope } = subject;
    const targets = targetsOf(parameters);
    return {
      sub,
      ...(sid && { sid }),
      ...(roles && { roles }),
      aud: narrowedAudience(targets.length > 0 ? targets : [this.config.audience], [], client.audiences),
      scope: narrowedScope(parameters.get('scope'), scope.split(' ')),
      exp: Math.min(exp, Math.floor(Date.now() / 1_000) + this.config.accessTokenTtl),
      client_id: client.id,
      act: { sub: client.id, ...(act && { act }) },
    };
  }
}
