import { Injectable } from '@nestjs/common';
import { OAuthError } from '../oauth.error.js';
import type { Grant } from './grant.js';

/** The grants of the token endpoint. A module that brings one more registers it here. */
@Injectable()
export class Grants {
  private readonly byType = new Map<string, Grant>();

  register(grant: Grant): void {
    this.byType.set(grant.type, grant);
  }

  get types(): string[] {
    return [...this.byType.keys()];
  }

  /** @throws OAuthError `unsupported_grant_type` (RFC 6749 §5.2) */
  get(type: string): Grant {
    const grant = this.byType.get(type);
    if (!grant) throw new OAuthError('unsupported_grant_type', 'This grant type is not supported.');
    return grant;
  }
}
