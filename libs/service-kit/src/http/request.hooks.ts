import { MalformedRequest, NotFound, type DomainError } from '@gatehouse/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readiness } from '../health/readiness.js';
import { recordRequest } from '../logging/request.log.js';
import type { Metrics } from '../metrics/metrics.js';
import { MethodNotAllowed, RequestRefused } from './http.errors.js';
import { MethodTable } from './method.table.js';
import { withinRequest } from './request.context.js';
import { REQUEST_ID_HEADER } from './request.id.js';
import { traceParentOf } from './trace.parent.js';

type Done = (error?: Error) => void;

/** What happens to every request before its route is asked, and after it has answered. Call it before adding routes. */
export function addRequestHooks(fastify: FastifyInstance, readiness: Readiness, metrics: Metrics): void {
  const methods = new MethodTable();
  fastify.addHook('onRoute', (route) => methods.add(route));
  fastify.addHook('onRequest', enterRequest);
  fastify.addHook('onRequest', (request, reply, done: Done) => {
    // On the raw response, so that answers which bypass Fastify's reply, such as event streams, carry it too.
    reply.raw.setHeader(REQUEST_ID_HEADER, request.id);
    done(refusalOf(request, methods));
  });
  // Reading the body leaves the asynchronous context that the request was received in.
  fastify.addHook('preValidation', enterRequest);
  fastify.addHook('onSend', (_, reply, __, done) => {
    if (readiness.drained) void reply.header('connection', 'close');
    done();
  });
  fastify.addHook('onResponse', (request, reply, done: Done) => {
    recordRequest(metrics, request, reply);
    done();
  });
}

function enterRequest(request: FastifyRequest, _: FastifyReply, done: Done): void {
  const traceparent = traceParentOf(request.headers['traceparent']);
  const acceptLanguage = request.headers['accept-language'];
  withinRequest({ requestId: request.id, traceparent, acceptLanguage }, done);
}

/** Refused before the guard is asked and the body is read: 405 comes before 401 and 400. */
function refusalOf(request: FastifyRequest, methods: MethodTable): DomainError | undefined {
  const { headers, raw } = request;
  // RFC 9112 §3.2: a server must refuse a request of HTTP/1.1 that names no host.
  if (headers.host === undefined && raw.httpVersion === '1.1') {
    return new MalformedRequest('The request names no host.');
  }
  if (request.is404) {
    const allowed = methods.allowedAt(request.url);
    return allowed.length > 0 ? new MethodNotAllowed(allowed) : new NotFound();
  }
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    return new RequestRefused('unsupported_media_type', 'Bodies are read uncompressed alone.', {
      'Accept-Encoding': 'identity',
    });
  }
  return undefined;
}
