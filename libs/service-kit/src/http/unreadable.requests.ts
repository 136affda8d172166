import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { MalformedRequest, type DomainError } from '@gatehouse/contracts';
import type { Logger } from 'pino';
import type { Header } from '../headers/security.headers.js';
import { bytesOf, type ErrorWriter } from './error.writer.js';
import { MethodNotAllowed, RequestRefused } from './http.errors.js';
import { requestIdOf } from './request.id.js';

/** What Node tells of a request that it cannot read: why, and the bytes it was at. */
type ParserError = Error & { code?: string; rawPacket?: unknown };

/** A connection, the answer that is due on it next, and the request being read; Node's own, and in none of its types. */
type Connection = Duplex & {
  _httpMessage?: ServerResponse | null;
  parser?: { incoming?: IncomingMessage | null } | null;
};

/** The request on its way, or as much of it as was read. */
type Begun = Pick<IncomingMessage, 'url' | 'headers'>;

/** Answers what is not HTTP that anybody can read, in the format of its path, as far as that is known. */
export class UnreadableRequests {
  /** @param usual headers of every answer */
  constructor(
    private readonly errors: ErrorWriter,
    private readonly logger: Logger,
    private readonly usual: readonly Header[],
  ) {}

  /** For what Node's parser refuses, before there is a request that anything else could answer. */
  answer(error: ParserError, socket: Connection): void {
    const response = socket._httpMessage;
    // A second status line in the midst of an answer would be taken for its body, and one after the answer, to a request
    // whose body never came whole, for the answer to the next request.
    const isAnswered = response ? response.headersSent : socket.parser?.incoming?.complete === false;
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswered) {
      socket.destroy();
      return;
    }
    this.refuse(refusalOf(error.code), socket, response?.req ?? begunIn(error.rawPacket));
  }

  /** Answers, as any other request, what Node would treat by itself: `CONNECT`, and expectations that nobody knows. */
  addTo(server: Server): void {
    server.on('connect', (request, socket) => this.refuse(new MethodNotAllowed([]), socket, request));
    // RFC 9110 §10.1.1 allows to ignore them.
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  }

  private refuse(error: DomainError, socket: Duplex, { url = '', headers }: Begun): void {
    const id = requestIdOf({ headers });
    const request = { id, url, headers, body: undefined, query: undefined };
    const { status, body, contentType = 'application/json', ...more } = this.errors.answerTo(error, request);
    const bytes = bytesOf(body);
    const all = {
      ...Object.fromEntries(this.usual),
      ...error.headers,
      ...more.headers,
      'Content-Type': contentType,
      'Content-Length': bytes.length,
      'X-Request-Id': id,
      Connection: 'close',
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', ''].join('\r\n');
    socket.end(Buffer.concat([Buffer.from(head), bytes]));
    this.logger.info({ request_id: id, status }, `unreadable request ${status}`);
  }
}

/** Of a header that ends in nonsense, Node keeps nothing but the bytes: the first line, where they begin with it. */
function begunIn(bytes: unknown): Begun {
  if (!Buffer.isBuffer(bytes)) return { headers: {} };
  const [, url] = /^[A-Z]+ (\S{1,8000}) HTTP\//.exec(bytes.toString('latin1', 0, 8_100)) ?? [];
  return { headers: {}, ...(url !== undefined && { url }) };
}

function refusalOf(code: string | undefined): DomainError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new RequestRefused('headers_too_large', 'The header section, or the address, is too long.');
    case 'HPE_INVALID_METHOD':
      return new MalformedRequest('The method is none that is known here, or this is not HTTP.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new RequestRefused('payload_too_large', 'The body is framed too lavishly.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new RequestRefused('request_timeout', 'The request took too long to arrive.');
    default:
      return new MalformedRequest('This is not HTTP that can be read.');
  }
}
