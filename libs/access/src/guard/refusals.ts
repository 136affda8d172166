import { Inject, Injectable, Logger } from '@nestjs/common';
import { challenge, type Challenge, InvalidToken } from '@gatehouse/tokens';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import type { GuardedRequest } from '../carriers/guarded.request.js';
import { AmbiguousCredentials, InsufficientScope, Unauthenticated } from '../errors/credential.errors.js';
import { metadataUrl, resourceOf } from '../metadata/resource.url.js';

/** The guard's refusals, each with the challenge of this service (RFC 6750 §3, RFC 9728 §5.1). */
@Injectable()
export class Refusals {
  private readonly logger = new Logger('Access');

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

  /** The one place that tells which check failed: the log. */
  invalidToken(request: GuardedRequest, cause: InvalidToken): InvalidToken {
    this.logger.log(`refused a token: ${cause.reason}`);
    const challenge = this.challenge(request, { error: 'invalid_token' });
    return new InvalidToken(cause.reason, { challenge, cause });
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
