import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DomainError, PROBLEM_MEDIA_TYPE, type Problem, problemOf } from '@gatehouse/contracts';
import { type Observable, throwError } from 'rxjs';
import { requestIdOf } from './request.id.js';

/**
 * Writes refusals as problem+json, so that a service needs nothing else to answer properly. A filter that the service
 * installs for itself goes before this one. Of messages it passes the problem on; Nest leaves an application's filters
 * out of gateways, so those name it themselves.
 *
 * @example
 * @UseFilters(AccessErrorFilter)
 * @WebSocketGateway()
 * class ChatGateway {}
 */
@Catch(DomainError)
export class AccessErrorFilter implements ExceptionFilter<DomainError> {
  constructor(private readonly host: HttpAdapterHost) {}

  catch(error: DomainError, context: ArgumentsHost): Observable<never> | void {
    switch (context.getType()) {
      case 'http':
        return this.answer(error, context);
      case 'ws':
        return tell(context.getArgByIndex<WebSocketClient>(0), problemOf(error, requestIdOf()));
      case 'rpc':
        return throwError(() => problemOf(error, requestIdOf()));
      default:
        throw error;
    }
  }

  private answer(error: DomainError, context: ArgumentsHost): void {
    const { httpAdapter } = this.host;
    const [request, response] = context.getArgs<[{ headers: Record<string, unknown> }, object]>();
    const answered = httpAdapter.getHeader(response, 'x-request-id') as unknown;
    const requestId = requestIdOf(answered, request.headers['x-request-id']);
    const problem = problemOf(error, requestId);
    const headers = { ...error.headers, 'X-Request-Id': requestId, 'Content-Type': PROBLEM_MEDIA_TYPE };
    for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
    httpAdapter.reply(response, problem, problem.status);
  }
}

interface WebSocketClient {
  send(text: string): void;
}

/** As Nest tells a WsException. */
function tell(client: WebSocketClient, problem: Problem): void {
  client.send(JSON.stringify({ event: 'exception', data: problem }));
}
