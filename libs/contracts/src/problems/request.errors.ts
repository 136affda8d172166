import { DomainError, type DomainErrorOptions, type FieldErrors } from './domain.error.js';

/** Well-formed, but what it says is not valid. */
export class ValidationFailed extends DomainError {
  readonly code = 'validation_failed';

  constructor(override readonly errors: FieldErrors) {
    super('The request is well-formed, but some of its values are not valid.');
  }
}

/** The body, the address or the framing cannot be read. */
export class MalformedRequest extends DomainError {
  readonly code = 'malformed_request';
}

/** There is nothing at this address, or nothing this caller may know of. */
export class NotFound extends DomainError {
  readonly code = 'not_found';

  constructor(message = 'There is nothing at this address.') {
    super(message);
  }
}

/** Known, but not allowed to do this to that. */
export class Forbidden extends DomainError {
  readonly code = 'forbidden';

  constructor(message = 'You may not do this.') {
    super(message);
  }
}

/** The resource is not in the state the request's `If-Match` asks for (RFC 9110 §13.1.1). */
export class PreconditionFailed extends DomainError {
  readonly code = 'precondition_failed';

  constructor(message = 'The resource has changed since you read it.') {
    super(message);
  }
}

/** Something this service needs is away; the caller should try again after `retryAfter` seconds. */
export class Unavailable extends DomainError {
  readonly code = 'unavailable';
  override readonly headers: Readonly<Record<string, string>>;

  constructor(
    message = 'The service cannot answer right now. Try again shortly.',
    options: DomainErrorOptions & { retryAfter?: number } = {},
  ) {
    super(message, options);
    this.headers = { 'Retry-After': String(options.retryAfter ?? 1) };
  }
}
