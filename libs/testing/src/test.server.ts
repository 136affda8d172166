import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a {@link TestServer} received. */
export interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Answers one request; the listener of a plain `node:http` server that also gets the whole body. */
export type TestAnswer = (request: ReceivedRequest, response: Parameters<RequestListener>[1]) => unknown;

/** A real HTTP server on 127.0.0.1 that answers what a test says and remembers what it was asked. */
export class TestServer {
  readonly requests: ReceivedRequest[] = [];

  private constructor(
    private readonly server: Server,
    /** How it answers from now on. */
    public answer: TestAnswer,
  ) {}

  /** Starts one on a free port, or on a given one. */
  static async start(answer: TestAnswer, port = 0): Promise<TestServer> {
    const server = createServer((request, response) => {
      // An answer that cannot be given is none: the connection breaks.
      started.receive(request, response).catch(() => response.destroy());
    });
    const started = new TestServer(server, answer);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Stops it at once, open connections included. */
  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async receive(message: IncomingMessage, response: Parameters<RequestListener>[1]): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = message;
    const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
    this.requests.push(request);
    await this.answer(request, response);
  }
}

/** An answer of JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): TestAnswer {
  return (_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}
