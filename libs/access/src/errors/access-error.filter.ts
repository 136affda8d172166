import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DomainError, PROBLEM_MEDIA_TYPE, problemOf } from '@gatehouse/contracts';

const REQUEST_ID = /^[\w.-]{1,128}$/;

/**
 * Writes refusals as problem+json, so that a service needs nothing else to answer properly. A filter that the service
 * installs for itself goes before this one.
 */
@Catch(DomainError)
export class AccessErrorFilter implements ExceptionFilter<DomainError> {
  constructor(private readonly host: HttpAdapterHost) {}

  catch(error: DomainError, context: ArgumentsHost): void {
    const { httpAdapter } = this.host;
    const [request, response] = context.getArgs<[{ headers: Record<string, unknown> }, object]>();
    const requestId = this.requestId(
      request.headers['x-request-id'],
      httpAdapter.getHeader(response, 'x-request-id'),
    );
    const problem = problemOf(error, requestId);
    const headers = { ...error.headers, 'X-Request-Id': requestId, 'Content-Type': PROBLEM_MEDIA_TYPE };
    for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
    httpAdapter.reply(response, problem, problem.status);
  }

  private requestId(sent: unknown, answered: unknown): string {
    const known = [answered, sent].find((id) => typeof id === 'string' && REQUEST_ID.test(id));
    return typeof known === 'string' ? known : randomUUID();
  }
}
