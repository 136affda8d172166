import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Whether nothing listens on this port yet. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await claim(port, host)) !== undefined;
}

/** A port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const port = await claim(0, '127.0.0.1');
  if (port === undefined) throw new Error('this machine has no free port');
  return port;
}

/** Listens for an instant; tells the port, or nothing where it could not. */
function claim(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, host, () => {
      const { port: claimed } = server.address() as AddressInfo;
      server.close(() => resolve(claimed));
    });
  });
}
