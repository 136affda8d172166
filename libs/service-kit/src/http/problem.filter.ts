import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { PROBLEMS } from '@gatehouse/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { domainErrorOf } from './error.translation.js';
import type { ErrorWriter } from './error.writer.js';

/** The one exception filter: whatever is thrown, wherever, leaves the service as one of the catalogue's problems. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly writer: ErrorWriter) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const error = domainErrorOf(thrown);
    const { status } = PROBLEMS[error.code];
    if (status >= 500) request.log[status === 500 ? 'error' : 'warn']({ err: error }, error.message);
    // A stream that has begun cannot become an error answer any more; the caller must see that it is cut short.
    if (reply.raw.headersSent) reply.raw.destroy();
    else this.writer.write(error, request, reply);
  }
}
