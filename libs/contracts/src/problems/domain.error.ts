import type { ProblemCode } from './problem.catalogue.js';

/** Sentences about what is wrong with each field, by the field's name on the wire. */
export type FieldErrors = Record<string, string[]>;

/** What a domain error may carry beside its code. */
export interface DomainErrorOptions {
  /** Logged, never sent. */
  cause?: unknown;
}

/**
 * A rule of the domain said no. Services throw these; the service's one exception filter turns `code` into a status
 * by way of {@link PROBLEMS}. `message` is sent to the caller as the problem's `detail`: it must tell nothing internal.
 *
 * @example
 * class EmailTaken extends DomainError {
 *   readonly code = 'conflict';
 * }
 * throw new EmailTaken('This address is taken.');
 */
export abstract class DomainError extends Error {
  abstract readonly code: ProblemCode;
  /** Response headers that belong to the error, such as `WWW-Authenticate` or `Retry-After`. */
  readonly headers: Readonly<Record<string, string>> = {};
  /** Filled for `validation_failed` alone. */
  readonly errors?: FieldErrors;

  constructor(message: string, options: DomainErrorOptions = {}) {
    super(message, options);
    this.name = new.target.name;
  }
}
