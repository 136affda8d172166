import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Header } from '../headers/security.headers.js';
import { recordRequest } from '../logging/request.log.js';
import type { Metrics } from '../metrics/metrics.js';
import { beginRequestSpan } from '../tracing/request.span.js';
import { withinRequest } from './request.context.js';
import { REQUEST_ID_HEADER } from './request.id.js';
import { traceParentOf } from '../tracing/trace.parent.js';

/** What every request is given and leaves behind. */
export interface EntryParts {
  metrics: Metrics;
  /** On every answer. */
  headers: readonly Header[];
  /** Whether each request has a span. */
  traced: boolean;
}

/** Where every request comes in, whether a route takes it or not: it gets its id, its line in the log, its span. */
export class RequestEntry {
  constructor(private readonly parts: EntryParts) {}

  /** Does `work`, and all that it starts, in the course of the request. */
  enter(request: FastifyRequest, reply: FastifyReply, work: () => void): void {
    const { id, headers } = request;
    // On the raw response, so that answers which go past Fastify's reply, such as event streams, carry them too.
    reply.raw.setHeader(REQUEST_ID_HEADER, id);
    for (const [name, value] of this.parts.headers) reply.raw.setHeader(name, value);
    const span = this.parts.traced ? beginRequestSpan(request) : undefined;
    const traceparent = span?.traceparent ?? traceParentOf(headers['traceparent']);
    const acceptLanguage = headers['accept-language'];
    const context = { requestId: id, traceparent, acceptLanguage, begunAt: performance.now() };
    // Unlike Fastify's own hook, this one is also called when the caller has gone away without an answer.
    reply.raw.once('close', () => {
      withinRequest(context, () => recordRequest(this.parts.metrics, request, reply));
      span?.end(reply);
    });
    withinRequest(context, () => (span ? span.within(work) : work()));
  }
}
