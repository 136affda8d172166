import { DomainError } from '@gatehouse/contracts';

/** An error of the guard, with the `WWW-Authenticate` value that tells the caller what to bring (RFC 6750 §3). */
abstract class ChallengedError extends DomainError {
  override readonly headers: Readonly<Record<string, string>>;

  constructor(message: string, challenge: string) {
    super(message);
    this.headers = { 'WWW-Authenticate': challenge };
  }
}

/**
 * The request carries no credential: 401.
 *
 * @example
 * throw new Unauthenticated('Bearer realm="articles"');
 */
export class Unauthenticated extends ChallengedError {
  readonly code = 'unauthenticated';

  constructor(challenge: string) {
    super('This needs an access token.', challenge);
  }
}

/**
 * The token is good, but does not carry the scope this needs: 403 (RFC 6750 §3.1).
 *
 * @example
 * throw new InsufficientScope('Bearer realm="articles", error="insufficient_scope", scope="articles:write"');
 */
export class InsufficientScope extends ChallengedError {
  readonly code = 'insufficient_scope';

  constructor(challenge: string) {
    super('The access token does not carry the scope this needs.', challenge);
  }
}

/**
 * Two credentials where there may be one: 400 (RFC 6750 §2, §3.1).
 *
 * @example
 * throw new AmbiguousCredentials('Bearer realm="articles", error="invalid_request"');
 */
export class AmbiguousCredentials extends ChallengedError {
  readonly code = 'invalid_request';

  constructor(challenge: string) {
    super('The request carries more than one credential, or one more than once.', challenge);
  }
}
