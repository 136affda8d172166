import { DomainError, type DomainErrorOptions, type ProblemCode } from '@gatehouse/contracts';

/** The address exists, but not for this method (RFC 9110 §15.5.6). */
export class MethodNotAllowed extends DomainError {
  readonly code = 'method_not_allowed';
  override readonly headers: Readonly<Record<string, string>>;

  constructor(allowed: readonly string[]) {
    super(`This address takes ${allowed.join(', ') || 'no such method'}.`);
    this.headers = { Allow: allowed.join(', ') };
  }
}

/** The request could not be taken in: too large, of a kind that nobody reads here, or cut short. */
export class RequestRefused extends DomainError {
  constructor(
    readonly code: ProblemCode,
    message: string,
    override readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** A fault of ours. The cause is in the log, under the request's id. */
export class InternalError extends DomainError {
  readonly code = 'internal_error';

  constructor(options: DomainErrorOptions) {
    super('Something went wrong here. It has been logged under the request id.', options);
  }
}
