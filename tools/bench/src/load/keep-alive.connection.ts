import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const END_OF_HEADERS = '\r\n\r\n';

/** One answer. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * One HTTP/1.1 connection that is kept: one request, its answer, the next one. It does no more than loopback needs, and
 * so takes a fraction of the CPU time that the servers under test need for themselves.
 */
export class KeepAliveConnection {
  private received = '';
  private take: ((answer: Answer) => void) | undefined;
  private fail: ((error: Error) => void) | undefined;

  private constructor(
    private socket: Socket,
    private readonly url: URL,
  ) {
    this.listen();
  }

  static async open(address: string): Promise<KeepAliveConnection> {
    const url = new URL(address);
    return new KeepAliveConnection(await connected(url), url);
  }

  /** Posts a body and waits for the answer. @param type its content type */
  post(path: string, body: string, type: string): Promise<Answer> {
    return this.send(
      `POST ${path} HTTP/1.1\r\nHost: ${this.url.host}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return this.send(`GET ${path} HTTP/1.1\r\nHost: ${this.url.host}\r\n${lines.join('')}\r\n`);
  }

  close(): void {
    this.socket.destroy();
  }

  private async send(request: string): Promise<Answer> {
    // Servers close connections that have been idle, as these are while others are measured.
    if (this.socket.destroyed) {
      this.socket = await connected(this.url);
      this.listen();
    }
    return new Promise((resolve, reject) => {
      this.take = resolve;
      this.fail = reject;
      this.socket.write(request, 'latin1');
    });
  }

  private listen(): void {
    this.received = '';
    this.socket.setNoDelay(true).setEncoding('latin1');
    this.socket.on('data', (text: string) => this.receive(text));
    this.socket.on('close', () => this.fail?.(new Error('the server has closed the connection')));
    this.socket.on('error', (error) => this.fail?.(error));
  }

  private receive(text: string): void {
    this.received += text;
    const answer = answerIn(this.received);
    if (!answer) return;
    this.received = '';
    this.take?.(answer);
  }
}

async function connected({ hostname, port }: URL): Promise<Socket> {
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/** The answer, once it is complete. */
function answerIn(received: string): Answer | undefined {
  const end = received.indexOf(END_OF_HEADERS);
  if (end < 0) return undefined;
  const status = Number(received.slice(9, 12));
  const body = received.slice(end + END_OF_HEADERS.length);
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, end)) ?? [];
  if (length !== undefined) return body.length < Number(length) ? undefined : { status, body };
  return body.endsWith('0\r\n\r\n') ? { status, body: unchunked(body) } : undefined;
}

/** RFC 9112 §7.1 */
function unchunked(chunks: string): string {
  let body = '';
  for (let at = 0; ;) {
    const begin = chunks.indexOf('\r\n', at) + 2;
    const size = Number.parseInt(chunks.slice(at, begin), 16);
    if (!size) return body;
    body += chunks.slice(begin, begin + size);
    at = begin + size + 2;
  }
}
