import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { MalformedRequest, type DomainError } from '@gatehouse/contracts';
import type { Logger } from 'pino';
import type { Header } from '../headers/security.headers.js';
import { problemAnswer } from './error.writer.js';
import { MethodNotAllowed, RequestRefused } from './http.errors.js';

/** Answers what Node's HTTP parser refuses, before there is a request that anything else could answer. */
export function answerUnreadable(
  error: Error & { code?: string },
  socket: Duplex,
  logger: Logger,
  headers: readonly Header[] = [],
): void {
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegunToAnswer(socket)) {
    socket.destroy();
    return;
  }
  answerRaw(refusalOf(error.code), socket, logger, headers);
}

/** Answers, as any other request, what Node would treat by itself: `CONNECT`, and expectations that nobody knows. */
export function answerOddRequests(server: Server, logger: Logger, headers: readonly Header[] = []): void {
  server.on('connect', (_, socket) => answerRaw(new MethodNotAllowed([]), socket, logger, headers));
  // RFC 9110 §10.1.1 allows to ignore them.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

function refusalOf(code: string | undefined): DomainError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new RequestRefused('headers_too_large', 'The header section, or the address, is too long.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new RequestRefused('payload_too_large', 'The body is framed too lavishly.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new RequestRefused('request_timeout', 'The request took too long to arrive.');
    default:
      return new MalformedRequest('This is not HTTP that can be read.');
  }
}

function answerRaw(error: DomainError, socket: Duplex, logger: Logger, usual: readonly Header[]): void {
  const requestId = randomUUID();
  const { status, body, contentType } = problemAnswer(error, requestId);
  const text = JSON.stringify(body);
  const headers = {
    ...Object.fromEntries(usual),
    ...error.headers,
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(text),
    'X-Request-Id': requestId,
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', text].join('\r\n'));
  logger.info({ request_id: requestId, status }, `unreadable request ${status}`);
}

/** A second status line in the midst of an answer would be taken for its body. */
function hasBegunToAnswer(socket: Duplex & { _httpMessage?: { headersSent?: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent === true;
}
