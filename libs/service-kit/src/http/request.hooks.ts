import { MalformedRequest, NotFound, type DomainError } from '@gatehouse/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readiness } from '../health/readiness.js';
import { recordRequest } from '../logging/request.log.js';
import type { Metrics } from '../metrics/metrics.js';
import { MethodNotAllowed, RequestRefused } from './http.errors.js';
import { MethodTable } from './method.table.js';
import { withinRequest, type RequestContext } from './request.context.js';
import { REQUEST_ID_HEADER } from './request.id.js';
import { traceParentOf } from './trace.parent.js';

/** What happens to every request before its route is asked, and after it has answered. Goes before all routes. */
export function addRequestHooks(fastify: FastifyInstance, readiness: Readiness, metrics: Metrics): void {
  const methods = new MethodTable();
  fastify.addHook('onRoute', (route) => methods.add(route));
  fastify.addHook('onRequest', (request, reply, done) => {
    // On the raw response, so that answers which go past Fastify's reply, such as event streams, carry it too.
    reply.raw.setHeader(REQUEST_ID_HEADER, request.id);
    if (readiness.draining) reply.raw.setHeader('connection', 'close');
    withinRequest(contextOf(request), () => done(refusalOf(request, methods)));
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    recordRequest(metrics, request, reply);
    done();
  });
}

function contextOf({ id, headers }: FastifyRequest): RequestContext {
  const traceparent = traceParentOf(headers['traceparent']);
  return { requestId: id, traceparent, acceptLanguage: headers['accept-language'] };
}

/** Refused before the guard is asked and the body is read: 405 comes before 401 and 400. */
function refusalOf(request: FastifyRequest, methods: MethodTable): DomainError | undefined {
  const { headers, raw } = request;
  if (request.is404) {
    const allowed = methods.allowedAt(request.url);
    return allowed.length > 0 ? new MethodNotAllowed(allowed) : new NotFound();
  }
  // RFC 9112 §3.2: a request of HTTP/1.1 that names no host has to be refused.
  if (headers.host === undefined && raw.httpVersion === '1.1') {
    return new MalformedRequest('The request names no host.');
  }
  const { 'content-encoding': encoding = 'identity' } = headers;
  if (encoding.toLowerCase() === 'identity') return undefined;
  // RFC 9110 §8.4: the answer names what would do.
  return new RequestRefused('unsupported_media_type', 'Bodies are read uncompressed alone.', {
    'Accept-Encoding': 'identity',
  });
}
