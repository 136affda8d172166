import type { IncomingMessage } from 'node:http';
import { MalformedRequest, NotFound, type DomainError } from '@gatehouse/contracts';
import type { FastifyRequest } from 'fastify';
import { MethodNotAllowed, RequestRefused } from './http.errors.js';
import type { MethodTable } from './method.table.js';

/** The longest address that is read, in characters; RFC 9110 §4.1 asks for 8,000 at least. */
const URL_LIMIT = 8_000;
/** An address or a name, and a port (RFC 3986 §3.2.2). */
const HOST = /^(?:\[[\da-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::\d*)?$/i;

/** Why a request is refused before the guard is asked and the body is read: 405 comes before 401 and 400. */
export function earlyRefusal(request: FastifyRequest, methods: MethodTable): DomainError | undefined {
  const { headers, raw, url } = request;
  if (url.length > URL_LIMIT) {
    return new RequestRefused('uri_too_long', `The address is longer than ${URL_LIMIT} characters.`);
  }
  if (request.is404) {
    const allowed = methods.allowedAt(url);
    return allowed.length > 0 ? new MethodNotAllowed(allowed) : new NotFound();
  }
  if (!namesItsHost(raw)) return new MalformedRequest('The request must name one host.');
  // Of two kinds of body each reader would choose for itself (RFC 9110 §5.3).
  if (timesIn(raw.rawHeaders, 'content-type') > 1)
    return new MalformedRequest('The body must be of one kind.');
  // RFC 9112 §6.1: who reads on past a coding it does not know takes for the body what is none. Node does.
  const { 'transfer-encoding': framing = 'chunked', 'content-encoding': encoding = 'identity' } = headers;
  if (framing.toLowerCase() !== 'chunked') {
    return new MalformedRequest('The only transfer coding that is read is chunked, once.');
  }
  if (encoding.toLowerCase() === 'identity') return undefined;
  // RFC 9110 §8.4: the answer names what would do.
  return new RequestRefused('unsupported_media_type', 'Bodies are read uncompressed alone.', {
    'Accept-Encoding': 'identity',
  });
}

/** RFC 9112 §3.2: a request that names more than one host, or what is none, has to be refused, as 1.1 without any. */
function namesItsHost({ rawHeaders, headers, httpVersion }: IncomingMessage): boolean {
  const hosts = timesIn(rawHeaders, 'host');
  return hosts === 1 ? HOST.test(headers.host ?? '') : hosts === 0 && httpVersion !== '1.1';
}

// Of several such headers Node keeps one: only the raw list, names and values in turn, tells.
function timesIn(rawHeaders: readonly string[], name: string): number {
  let times = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]!.length === name.length && rawHeaders[i]!.toLowerCase() === name) times += 1;
  }
  return times;
}
