import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/** Agents that keep connections, and give up on one that is not there within the deadline; Node waits for minutes. */
export class ConnectingAgents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;

  /** @param deadline in milliseconds, for the connection and its TLS handshake */
  constructor(deadline: number) {
    this.httpAgent = new (class extends HttpAgent {
      override createConnection(...parameters: Parameters<HttpAgent['createConnection']>) {
        return within(deadline, super.createConnection(...parameters), 'connect');
      }
    })({ keepAlive: true });
    this.httpsAgent = new (class extends HttpsAgent {
      override createConnection(...parameters: Parameters<HttpsAgent['createConnection']>) {
        return within(deadline, super.createConnection(...parameters), 'secureConnect');
      }
    })({ keepAlive: true });
  }

  /** Ends every connection. */
  destroy(): void {
    this.httpAgent.destroy();
    this.httpsAgent.destroy();
  }
}

function within<T extends Duplex | null | undefined>(deadline: number, socket: T, connected: string): T {
  const giveUp = (): void =>
    void socket?.destroy(Object.assign(new Error('no connection'), { code: 'ERR_CONNECT_DEADLINE' }));
  const timer = setTimeout(giveUp, deadline);
  for (const event of [connected, 'close']) socket?.once(event, () => clearTimeout(timer));
  return socket;
}
