import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { isStatement, Packets } from './mysql.packets.ts';

/** Where in the course of one statement: before it is sent on, or when its answer is there and not handed on. */
export type Moment = 'before' | 'after';

interface Strike {
  readonly nth: number;
  readonly moment: Moment;
  readonly strike: () => void;
}

/** Stands between identity and its database, counts the statements, and strikes at one of them. */
export class StatementProxy {
  readonly #server: Server;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #armed: Strike | undefined;
  #seen = 0;
  #struck = false;

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (near) => this.#join(near));
  }

  /** @param target the database's port */
  static async start(target: number): Promise<StatementProxy> {
    const server = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new StatementProxy(server, target);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many statements there were since it was armed. */
  get seen(): number {
    return this.#seen;
  }

  get struck(): boolean {
    return this.#struck;
  }

  /** Counts from now on, and calls `strike` at the n-th statement; from then on nothing passes. */
  arm(armed: Strike): void {
    this.#armed = armed;
    this.#seen = 0;
  }

  disarm(): void {
    this.#armed = undefined;
    this.#struck = false;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #join(near: Socket): void {
    const far = connect({ port: this.#target, host: '127.0.0.1', noDelay: true });
    const packets = new Packets();
    let fatal = false; // The next answer on this connection is the one that is not handed on.
    near.on('data', (piece: Buffer) => {
      for (const packet of packets.add(piece)) {
        if (isStatement(packet)) fatal = this.#note() ?? fatal;
        if (!this.#struck) far.write(packet);
      }
    });
    far.on('data', (piece: Buffer) => {
      if (fatal) this.#strike();
      if (!this.#struck) near.write(piece);
    });
    this.#tie(near, far);
    this.#tie(far, near);
  }

  /** Counts a statement; true when its answer is to be waited for. */
  #note(): true | undefined {
    if (!this.#armed || this.#struck) return undefined;
    this.#seen += 1;
    if (this.#seen !== this.#armed.nth) return undefined;
    if (this.#armed.moment === 'after') return true;
    this.#strike();
    return undefined;
  }

  #strike(): void {
    if (!this.#armed || this.#struck) return;
    this.#struck = true;
    this.#armed.strike();
  }

  #tie(socket: Socket, other: Socket): void {
    this.#sockets.add(socket);
    // A process that was killed resets its connections: its end of them is what 'close' tells.
    socket.on('error', () => other.destroy());
    socket.once('close', () => {
      this.#sockets.delete(socket);
      other.destroy();
    });
  }
}
