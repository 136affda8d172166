import { PROBLEM_MEDIA_TYPE, PROBLEMS, problemOf, type DomainError } from '@gatehouse/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REQUEST_ID_HEADER } from './request.id.js';

/** An error answer, ready to be sent. */
export interface ErrorAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: unknown;
  /** `application/json` where left out. */
  contentType?: string;
}

/** How the routes below a path say no, where clients know another format than problem+json. */
export interface ErrorFormat {
  /** A path such as `/oauth`; it covers itself and everything below it. */
  prefix: string;
  write(error: DomainError, request: FastifyRequest): ErrorAnswer;
}

/** Writes every error answer of a service, each in the format of its route. */
export class ErrorWriter {
  constructor(private readonly formats: readonly ErrorFormat[] = []) {}

  write(error: DomainError, request: FastifyRequest, reply: FastifyReply): void {
    const { status, headers, body, contentType = 'application/json' } = this.answer(error, request);
    void reply
      .code(status)
      .header(REQUEST_ID_HEADER, request.id)
      .headers({ ...error.headers, ...headers })
      .type(contentType)
      .send(JSON.stringify(body));
  }

  private answer(error: DomainError, request: FastifyRequest): ErrorAnswer {
    const path = request.url.split('?', 1)[0]!;
    const format = this.formats.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
    return format?.write(error, request) ?? problemAnswer(error, request.id);
  }
}

/** An error as problem+json (RFC 9457). */
export function problemAnswer(error: DomainError, requestId: string): ErrorAnswer {
  return {
    status: PROBLEMS[error.code].status,
    body: problemOf(error, requestId),
    contentType: PROBLEM_MEDIA_TYPE,
  };
}
