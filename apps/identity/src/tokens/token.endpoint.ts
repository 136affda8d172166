import type { TokenResponse } from '@gatehouse/contracts';
import { Metrics } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { Grant } from './grants/grant.js';
import { Grants } from './grants/grants.js';
import { OAuthError } from './oauth.error.js';
import { type OAuthRequest, RequestingClient } from './oauth.request.js';

/** `POST /oauth/token` (RFC 6749 §3.2). */
@Injectable()
export class TokenEndpoint {
  private readonly answers: Counter<'grant' | 'outcome'>;

  constructor(
    private readonly grants: Grants,
    private readonly clients: RequestingClient,
    { registry }: Metrics,
  ) {
    this.answers = new Counter({
      name: 'identity_token_requests_total',
      help: 'Requests of tokens, by grant and by what came of them: issued, or why not.',
      labelNames: ['grant', 'outcome'],
      registers: [registry],
    });
  }

  async answer(request: OAuthRequest): Promise<TokenResponse> {
    const grant = this.grants.chosenBy(request.parameters);
    const count = (outcome: string) => this.answers.inc({ grant: nameOf(grant), outcome });
    try {
      const client = await this.clients.find(request);
      const answer = await grant.issue({ ...request, client });
      count('issued');
      return answer;
    } catch (error) {
      count(error instanceof OAuthError ? error.error : 'failed');
      throw error;
    }
  }
}

/** The last part of its URN, where a grant has one: `token-exchange`, or `api-key` for the exchange of those. */
function nameOf({ type, subjectType }: Grant): string {
  return (subjectType ?? type).split(':').at(-1)!;
}
