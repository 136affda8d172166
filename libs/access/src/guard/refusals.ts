import { Inject, Injectable } from '@nestjs/common';
import { challenge, type Challenge, InvalidToken } from '@gatehouse/tokens';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import type { GuardedRequest } from '../carriers/request.js';
import { AmbiguousCredentials, InsufficientScope, Unauthenticated } from '../errors/credential.errors.js';
import { metadataUrl, resourceOf } from '../metadata/resource.url.js';

/** The guard's refusals, each with the challenge of this service (RFC 6750 §3, RFC 9728 §5.1). */
@Injectable()
export class Refusals {
  constructor(@Inject(ACCESS_OPTIONS) private readonly options: AccessOptions) {}

  unauthenticated(request: GuardedRequest): Unauthenticated {
    return new Unauthenticated(this.challenge(request, {}));
  }

  ambiguous(request: GuardedRequest): AmbiguousCredentials {
    return new AmbiguousCredentials(this.challenge(request, { error: 'invalid_request' }));
  }

  insufficientScope(request: GuardedRequest, scope: readonly string[]): InsufficientScope {
    return new InsufficientScope(this.challenge(request, { error: 'insufficient_scope', scope }));
  }

  invalidToken(request: GuardedRequest, cause: InvalidToken): InvalidToken {
    return new InvalidToken(cause.reason, {
      challenge: this.challenge(request, { error: 'invalid_token' }),
      cause,
    });
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
