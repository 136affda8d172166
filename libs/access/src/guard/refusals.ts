import { Inject, Injectable, Logger } from '@nestjs/common';
import { challenge, type Challenge, InvalidToken } from '@gatehouse/tokens';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import { Ambiguous } from '../carriers/carrier.js';
import type { GuardedRequest } from '../carriers/guarded.request.js';
import { AmbiguousCredentials, InsufficientScope, Unauthenticated } from '../errors/credential.errors.js';
import { InsufficientRole } from '../errors/insufficient-role.error.js';
import { metadataUrl, resourceOf } from '../metadata/resource.url.js';
import type { Principal } from '../principal/principal.js';
import type { AccessRule } from './access.rules.js';

/** The guard's refusals, each with the challenge of this service (RFC 6750 §3, RFC 9728 §5.1). */
@Injectable()
export class Refusals {
  private readonly logger = new Logger('Access');

  constructor(@Inject(ACCESS_OPTIONS) private readonly options: AccessOptions) {}

  unauthenticated(request: GuardedRequest): Unauthenticated {
    return new Unauthenticated(this.challenge(request, {}));
  }

  /** The refusal of who carries nothing that could name anybody; none where nobody in particular may pass. */
  ofNobody(request: GuardedRequest, { openness }: Pick<AccessRule, 'openness'>): Unauthenticated | undefined {
    // Another scheme than Bearer is a credential too, and not one that is good here.
    if (openness === 'anonymous' && request.headers.authorization === undefined) return undefined;
    return this.unauthenticated(request);
  }

  /** The refusal of who lacks a scope or role that the rule requires; none of who has them. */
  ofLacking(
    request: GuardedRequest,
    { scopes, roles }: Principal,
    rule: AccessRule,
  ): InsufficientScope | InsufficientRole | undefined {
    for (const scope of rule.scopes) {
      if (!scopes.includes(scope)) return this.insufficientScope(request, rule.scopes);
    }
    for (const choice of rule.roles) {
      if (!choice.some((role) => roles.includes(role))) return new InsufficientRole();
    }
    return undefined;
  }

  /** What a bad credential is answered with; errors of another kind as they are. */
  of(error: unknown, request: GuardedRequest): unknown {
    if (error instanceof InvalidToken) return this.invalidToken(request, error);
    if (!(error instanceof Ambiguous)) return error;
    return new AmbiguousCredentials(this.challenge(request, { error: 'invalid_request' }));
  }

  /** The one place that tells which check failed: the log. */
  private invalidToken(request: GuardedRequest, cause: InvalidToken): InvalidToken {
    this.logger.log(`refused a token: ${cause.reason}`);
    const challenge = this.challenge(request, { error: 'invalid_token' });
    return new InvalidToken(cause.reason, { challenge, cause });
  }

  private insufficientScope(request: GuardedRequest, scope: readonly string[]): InsufficientScope {
    return new InsufficientScope(this.challenge(request, { error: 'insufficient_scope', scope }));
  }

  private challenge(request: GuardedRequest, refusal: Challenge): string {
    const resource = resourceOf(this.options, request);
    return challenge({
      realm: this.options.realm ?? this.options.audience,
      resourceMetadata: resource && metadataUrl(resource),
      ...refusal,
    });
  }
}
