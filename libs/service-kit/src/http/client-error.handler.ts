import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { MalformedRequest, type DomainError } from '@gatehouse/contracts';
import { problemAnswer } from './error.writer.js';
import { RequestRefused } from './http.errors.js';

/** Answers what Node's HTTP parser refuses, before there is a request that anything else could answer. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegunToAnswer(socket)) {
    socket.destroy();
    return;
  }
  socket.end(rawAnswer(refusalOf(error.code), randomUUID()));
}

function refusalOf(code: string | undefined): DomainError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new RequestRefused('headers_too_large', 'The header section is too large.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new RequestRefused('payload_too_large', 'The body is framed too lavishly.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new RequestRefused('request_timeout', 'The request took too long to arrive.');
    default:
      return new MalformedRequest('This is not HTTP that can be read.');
  }
}

function rawAnswer(error: DomainError, requestId: string): string {
  const { status, body, contentType } = problemAnswer(error, requestId);
  const text = JSON.stringify(body);
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
    '',
    text,
  ].join('\r\n');
}

/** A second status line in the midst of an answer would be taken for its body. */
function hasBegunToAnswer(socket: Socket & { _httpMessage?: { headersSent?: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent === true;
}
