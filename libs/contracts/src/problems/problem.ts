import { IsIn, IsInt, IsObject, IsOptional, IsString } from 'class-validator';
import type { DomainError, FieldErrors } from './domain.error.js';
import { PROBLEMS, type ProblemCode } from './problem.catalogue.js';

/** The media type of every error answer (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The body of an error answer (RFC 9457). */
export class Problem {
  /** `about:blank`: the title says what the status says. */
  @IsString()
  type!: string;

  @IsString()
  title!: string;

  @IsInt()
  status!: number;

  /** A sentence for a person; programs match on `code`. */
  @IsString()
  detail!: string;

  @IsIn(Object.keys(PROBLEMS))
  code!: ProblemCode;

  /** The `X-Request-Id` of the answer. */
  @IsString()
  request_id!: string;

  /** What is wrong with each field; with `validation_failed` alone. */
  @IsOptional()
  @IsObject()
  errors?: FieldErrors;
}

/**
 * The problem a domain error is answered with.
 *
 * @param error what was thrown; its `cause` does not go out
 * @param requestId the request's `X-Request-Id`
 */
export function problemOf(
  error: Pick<DomainError, 'code' | 'message' | 'errors'>,
  requestId: string,
): Problem {
  const { status, title } = PROBLEMS[error.code];
  return {
    type: 'about:blank',
    title,
    status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
    ...(error.errors && { errors: error.errors }),
  };
}
