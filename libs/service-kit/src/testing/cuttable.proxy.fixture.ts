import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be cut, and mended at the same port, or held up for a while. */
export interface CuttableProxy {
  port: number;
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Takes connections and bytes, and passes nothing on: as a server that hangs. */
  pause(): void;
  resume(): void;
}

export async function openProxy(to: { host: string; port: number }): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  let paused = false;
  const server = createServer((near) => {
    const far = connect(to);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.once('close', () => sockets.delete(one));
      one.on('error', () => undefined).on('close', () => other.destroy());
      one.pipe(other);
      if (paused) one.pause();
    }
  });
  const listen = async (port: number) => once(server.listen(port, '127.0.0.1'), 'listening');
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    cut: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await once(server, 'close');
    },
    pause: () => {
      paused = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      paused = false;
      for (const socket of sockets) socket.resume();
    },
    mend: async () => void (await listen(port)),
  };
}
