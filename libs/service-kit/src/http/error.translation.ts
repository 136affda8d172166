import { HttpException } from '@nestjs/common';
import {
  DomainError,
  Forbidden,
  MalformedRequest,
  NotFound,
  PROBLEMS,
  Unavailable,
  type ProblemCode,
} from '@gatehouse/contracts';
import { databaseUnavailability } from '../database/database.errors.js';
import { InternalError, RequestRefused } from './http.errors.js';

/** What a thrown thing tells the caller: domain errors as they are, the framework's by status, all else nothing. */
export function domainErrorOf(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  return databaseUnavailability(thrown) ?? refusalOf(thrown) ?? new InternalError({ cause: thrown });
}

function refusalOf(thrown: unknown): DomainError | undefined {
  if (isCutShort(thrown)) return new MalformedRequest('The body ended too early.');
  const status = statusOf(thrown);
  switch (status) {
    case 400:
      return new MalformedRequest('The request cannot be read.');
    case 403:
      return new Forbidden();
    case 404:
      return new NotFound();
    case 413:
      return new RequestRefused('payload_too_large', 'The body is larger than 100 kB.');
    case 414:
      return new RequestRefused('uri_too_long', 'A part of the address is too long.');
    case 415:
      return new RequestRefused('unsupported_media_type', 'Send JSON, or a form where the route takes one.');
    case 503:
      return new Unavailable(undefined, { cause: thrown });
    default:
      return otherRefusal(status);
  }
}

/** A refusal by somebody else's pipe or guard: the first code of that status, without their wording. */
function otherRefusal(status: number | undefined): DomainError | undefined {
  if (status === undefined || status < 400 || status > 499) return undefined;
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  const code = codes.find((known) => PROBLEMS[known].status === status) ?? 'malformed_request';
  return new RequestRefused(code, `${PROBLEMS[code].title}.`);
}

/** What Node says while a body is read and its sender goes away. */
function isCutShort(thrown: unknown): boolean {
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  return code === 'ECONNRESET' && message === 'aborted';
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  // Others' errors may have a status as well, of some other conversation.
  const { statusCode, name } = (thrown ?? {}) as { statusCode?: unknown; name?: unknown };
  return name === 'FastifyError' && typeof statusCode === 'number' ? statusCode : undefined;
}
