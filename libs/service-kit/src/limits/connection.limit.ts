import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** More are closed at once. A socket that waits costs about 10 kB. */
const MAX_CONNECTIONS = 10_000;
/** From here on nobody keeps a connection that is not in use. */
const CROWDED = 0.9 * MAX_CONNECTIONS;
/** Milliseconds. */
const INTERVAL = 1_000;

/** Bounds how many connections there are. */
export function limitConnections(server: Server): void {
  server.maxConnections = MAX_CONNECTIONS;
  let open = 0;
  server.on('connection', (socket: Socket) => {
    open += 1;
    socket.once('close', () => (open -= 1));
  });
  const sweep = setInterval(() => open > CROWDED && server.closeIdleConnections(), INTERVAL).unref();
  server.once('close', () => clearInterval(sweep));
}
