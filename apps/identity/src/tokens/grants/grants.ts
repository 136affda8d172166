import { Injectable } from '@nestjs/common';
import { OAuthError } from '../oauth.error.js';
import type { OAuthParameters } from '../oauth.parameters.js';
import type { Grant } from './grant.js';

/** The grants of the token endpoint. A module that brings one more registers it here. */
@Injectable()
export class Grants {
  private readonly grants: Grant[] = [];

  register(grant: Grant): void {
    this.grants.push(grant);
  }

  get types(): string[] {
    return [...new Set(this.grants.map(({ type }) => type))];
  }

  /**
   * The grant that a request asks for.
   *
   * @throws OAuthError `unsupported_grant_type` (RFC 6749 §5.2); `invalid_request` when it would exchange what cannot be
   */
  chosenBy(parameters: OAuthParameters): Grant {
    const type = parameters.require('grant_type');
    const grants = this.grants.filter((grant) => grant.type === type);
    if (grants.length === 0) {
      throw new OAuthError('unsupported_grant_type', 'This grant type is not supported.');
    }
    const grant = grants.find(
      ({ subjectType }) =>
        subjectType === undefined || subjectType === parameters.require('subject_token_type'),
    );
    // RFC 8693 §2.2.2
    if (!grant) throw new OAuthError('invalid_request', 'Tokens of this type cannot be exchanged.');
    return grant;
  }
}
