import { DomainError, type DomainErrorOptions, type ProblemCode } from '@gatehouse/contracts';

/** Another service could not be reached, or answered something it should not have: 502. */
export class UpstreamFailed extends DomainError {
  readonly code = 'upstream_failed';
  /** The status it answered with, where it answered at all. */
  readonly upstreamStatus: number | undefined;
  /** Nothing at all came back: it may be there at the next try. */
  readonly unreached: boolean;

  constructor(options: DomainErrorOptions & { upstreamStatus?: number; unreached?: boolean } = {}) {
    super('A service that this one depends on failed.', options);
    this.upstreamStatus = options.upstreamStatus;
    this.unreached = options.unreached ?? false;
  }
}

/** Another service took too long: 504. */
export class UpstreamTimedOut extends DomainError {
  readonly code = 'upstream_timeout';

  constructor(options?: DomainErrorOptions) {
    super('A service that this one depends on took too long.', options);
  }
}

/** What a 401 for a caller's token carries where the upstream gave no challenge of its own (RFC 6750 §3). */
export const INVALID_TOKEN_CHALLENGE = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };

/** Another service refused the caller on whose behalf it was asked; the caller is told the same. */
export class CallerRefused extends DomainError {
  constructor(
    readonly code: ProblemCode,
    message: string,
    override readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
