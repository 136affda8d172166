import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { HttpRequest } from './upstream.transport.js';

/**
 * Does one HTTP request in a span of its own, by the names of OpenTelemetry's semantic conventions, and hands the span
 * on to whoever is called (W3C Trace Context). Where nothing traces, it does no more than the request. Of the address
 * the span has host and port: paths and queries may hold what is nobody else's business.
 */
export function inCallSpan<T extends { status: number }>(
  request: HttpRequest,
  send: (headers: HttpRequest['headers']) => Promise<T>,
): Promise<T> {
  const tracer = trace.getTracer('@gatehouse/identity-client');
  const { method, url } = request;
  return tracer.startActiveSpan(method, { kind: SpanKind.CLIENT }, async (span) => {
    if (!span.isRecording()) return send(request.headers).finally(() => span.end());
    const { hostname, port, protocol } = new URL(url);
    span.setAttributes({
      'http.request.method': method,
      'server.address': hostname,
      'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
    });
    const headers = { ...request.headers };
    propagation.inject(context.active(), headers);
    return observed(span, send(headers));
  });
}

async function observed<T extends { status: number }>(span: Span, answering: Promise<T>): Promise<T> {
  try {
    const answer = await answering;
    span.setAttribute('http.response.status_code', answer.status);
    if (answer.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
    return answer;
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', error instanceof Error ? error.name : '_OTHER');
    throw error;
  } finally {
    span.end();
  }
}
