import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** A message of a gateway, or how the socket ended. */
export type Heard = { event: string; data: unknown } | { closed: number; reason: string };

/** The other end of a gateway's WebSocket. */
export class SocketClient {
  private readonly heard: Heard[] = [];
  private awaited: ((heard: Heard) => void) | undefined;

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => this.hear(JSON.parse(String(data)) as Heard));
    socket.addEventListener('close', ({ code, reason }) => this.hear({ closed: code, reason }));
  }

  /** Opens one, or fails as the handshake does. */
  static async open(url: string, headers: Record<string, string> = {}): Promise<SocketClient> {
    // Node's WebSocket takes headers, which those of browsers do not.
    const Socket = WebSocket as unknown as new (url: string, options: object) => WebSocket;
    const client = new SocketClient(new Socket(url.replace('http', 'ws'), { headers }));
    await new Promise((resolve, reject) => {
      client.socket.addEventListener('open', resolve);
      client.socket.addEventListener('error', () => reject(new Error('the handshake was refused')));
    });
    return client;
  }

  say(event: string, data: unknown = null): void {
    this.socket.send(JSON.stringify({ event, data }));
  }

  /** What comes next. */
  next(): Promise<Heard> {
    const known = this.heard.shift();
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => (this.awaited = resolve));
  }

  ask(event: string, data?: unknown): Promise<Heard> {
    this.say(event, data);
    return this.next();
  }

  close(): void {
    this.socket.close();
  }

  private hear(heard: Heard): void {
    const { awaited } = this;
    this.awaited = undefined;
    if (awaited) awaited(heard);
    else this.heard.push(heard);
  }
}

/** How a handshake is answered: 101, or the problem it is refused with. */
export async function handshake(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: IncomingMessage['headers']; body: Record<string, unknown> }> {
  const upgrade = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const asking = request(url, { headers: { ...upgrade, ...headers }, agent: false }).end();
  const opened = once(asking, 'upgrade').then(([answer, socket]) => {
    (socket as { destroy(): void }).destroy();
    return answer as IncomingMessage;
  });
  const refused = once(asking, 'response').then(([answer]) => answer as IncomingMessage);
  const answer = await Promise.race([opened, refused]);
  const text = answer.statusCode === 101 ? '{}' : Buffer.concat(await answer.toArray()).toString();
  const body = JSON.parse(text) as Record<string, unknown>;
  return { status: answer.statusCode!, headers: answer.headers, body };
}
