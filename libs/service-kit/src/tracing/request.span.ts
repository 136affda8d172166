import {
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { routeOf } from '../http/request.route.js';

const tracer = () => trace.getTracer('@gatehouse/service-kit');

/** The span of one request, and how work is done under it. */
export interface RequestSpan {
  /** Of the span itself, to go on to whoever is called. */
  readonly traceparent: string | undefined;
  within<T>(work: () => T): T;
  end(reply: FastifyReply): void;
}

/**
 * Begins the span of a request under the caller's, by the names of OpenTelemetry's semantic conventions for HTTP. Of the
 * address it has the route alone: what stands in its place in a path or a query may be a secret.
 */
export function beginRequestSpan(request: FastifyRequest): RequestSpan {
  const method = request.method;
  const parent = propagation.extract(ROOT_CONTEXT, request.headers);
  const attributes = { 'http.request.method': method, 'url.scheme': request.protocol };
  const span = tracer().startSpan(method, { kind: SpanKind.SERVER, attributes }, parent);
  const active = trace.setSpan(parent, span);
  const carrier: { traceparent?: string } = {};
  propagation.inject(active, carrier);
  return {
    traceparent: carrier.traceparent,
    within: (work) => context.with(active, work),
    end: (reply) => endSpan(span, request, reply),
  };
}

function endSpan(span: Span, request: FastifyRequest, { statusCode }: FastifyReply): void {
  const route = routeOf(request);
  if (route !== undefined) span.setAttribute('http.route', route);
  span.updateName(route === undefined ? request.method : `${request.method} ${route}`);
  span.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
