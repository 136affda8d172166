import { DomainError, type DomainErrorOptions, type ProblemCode } from '@gatehouse/contracts';

/** Another service could not be reached, or answered something it should not have: 502. */
export class UpstreamFailed extends DomainError {
  readonly code = 'upstream_failed';
  /** The status it answered with, where it answered at all. */
  readonly upstreamStatus?: number;

  constructor(options: DomainErrorOptions & { upstreamStatus?: number } = {}) {
    super('A service that this one depends on failed.', options);
    this.upstreamStatus = options.upstreamStatus;
  }
}

/** Another service took too long: 504. */
export class UpstreamTimedOut extends DomainError {
  readonly code = 'upstream_timeout';

  constructor(options?: DomainErrorOptions) {
    super('A service that this one depends on took too long.', options);
  }
}

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
