import { connect, type Socket } from 'node:net';

/** Where a socket is slow: in the header of its request, in its body, or in reading its answer. */
export type Slowness = 'header' | 'body' | 'answer';

const CLIENT = ['Host: localhost', 'Accept: */*'];
/** Many requests in one piece: their answers are more than the buffers between the two take. */
const PIPELINED = 20;

/** When who reads nothing looks whether the connection was closed: nobody else tells. Milliseconds. */
const LOOKS_AFTER = 14_000;

/** A caller who keeps a connection and makes no use of it, but for a byte now and then. */
export class SlowSocket {
  readonly #socket: Socket;
  readonly #opened = performance.now();
  #closed: number | undefined;

  /** @param path where there is an answer to be had, longer than its request */
  constructor(port: number, slowness: Slowness, path: string) {
    const socket = connect(port, '127.0.0.1');
    this.#socket = socket;
    // It is reset when it is closed with something still to be read.
    socket
      .on('error', () => undefined)
      .once('close', () => (this.#closed = performance.now() - this.#opened));
    const drip = setInterval(() => slowness !== 'answer' && socket.write('x'), 3_000);
    socket.once('close', () => clearInterval(drip));
    socket.write(beginning(slowness, path));
    if (slowness === 'answer') setTimeout(() => socket.resume(), LOOKS_AFTER);
    else socket.resume();
  }

  /** How long it was open, in milliseconds; undefined while it is. */
  get closedAfter(): number | undefined {
    return this.#closed;
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

function beginning(slowness: Slowness, path: string): string {
  const client = CLIENT.join('\r\n');
  const beginnings: Readonly<Record<Slowness, string>> = {
    header: `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Slow: `,
    body: `POST /user_token HTTP/1.1\r\n${client}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n`,
    answer: `GET ${path} HTTP/1.1\r\n${client}\r\n\r\n`.repeat(PIPELINED),
  };
  return beginnings[slowness];
}
