import { MalformedRequest, NotFound, type DomainError } from '@gatehouse/contracts';
import type { FastifyRequest } from 'fastify';
import { MethodNotAllowed, RequestRefused } from './http.errors.js';
import type { MethodTable } from './method.table.js';

/** Why a request is refused before the guard is asked and the body is read: 405 comes before 401 and 400. */
export function earlyRefusal(request: FastifyRequest, methods: MethodTable): DomainError | undefined {
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
