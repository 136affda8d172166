import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordRequest } from '../logging/request.log.js';
import type { Metrics } from '../metrics/metrics.js';
import { withinRequest } from './request.context.js';
import { REQUEST_ID_HEADER } from './request.id.js';
import { traceParentOf } from './trace.parent.js';

/** Where every request comes in, whether a route takes it or not: it gets its id and its line in the log. */
export class RequestEntry {
  constructor(private readonly metrics: Metrics) {}

  /** Does `work`, and all that it starts, in the course of the request. */
  enter(request: FastifyRequest, reply: FastifyReply, work: () => void): void {
    const { id, headers } = request;
    // On the raw response, so that answers which go past Fastify's reply, such as event streams, carry it too.
    reply.raw.setHeader(REQUEST_ID_HEADER, id);
    const traceparent = traceParentOf(headers['traceparent']);
    const context = { requestId: id, traceparent, acceptLanguage: headers['accept-language'] };
    // Unlike Fastify's own hook, this one is also called when the caller has gone away without an answer.
    reply.raw.once('close', () => withinRequest(context, () => recordRequest(this.metrics, request, reply)));
    withinRequest(context, work);
  }
}
