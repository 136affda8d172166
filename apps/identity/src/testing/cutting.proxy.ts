import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands before a server, and cuts or holds up its connections as a test says. */
export class CuttingProxy {
  /** The port that connections go on to; 0: nobody is there. */
  target = 0;
  private readonly sockets = new Set<Socket>();
  private bytesLeft = Infinity;
  private isHeld = false;
  private readonly far = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (near) => this.join(near));
  }

  static async start(): Promise<CuttingProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new CuttingProxy(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Cuts all connections once so many more bytes have come from the server, wherever in a frame that is. */
  cutAfter(bytes: number): void {
    this.bytesLeft = bytes;
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** From now on no answer comes through, as if the server had been stopped; those held up come once that is over. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
    for (const socket of this.far)
      if (isHeld) socket.pause();
      else socket.resume();
  }

  async close(): Promise<void> {
    this.server.close();
    this.cut();
    await once(this.server, 'close');
  }

  private join(near: Socket): void {
    const far = connect(this.target, '127.0.0.1');
    this.far.add(far);
    far.once('close', () => this.far.delete(far));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.once('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (piece: Buffer) => this.pass(piece, near));
    if (this.isHeld) far.pause();
  }

  private pass(piece: Buffer, near: Socket): void {
    near.write(piece.subarray(0, this.bytesLeft));
    this.bytesLeft -= piece.length;
    if (this.bytesLeft > 0) return;
    this.bytesLeft = Infinity;
    // What was written goes out first.
    setImmediate(() => this.cut());
  }
}
