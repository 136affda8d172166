import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

/** Milliseconds. */
const PATIENCE = 3_000;

/** What a server says first, or to a first line; undefined where nobody answers. */
export async function greetingOf(
  { hostname, port, secure }: { hostname: string; port: number; secure: boolean },
  line?: string,
): Promise<string | undefined> {
  const host = hostname.replace(/^\[|\]$/g, '');
  // Whether its certificate is good is the service's business, and in its log.
  const socket = secure ? connectSecurely({ host, port, rejectUnauthorized: false }) : connect(port, host);
  try {
    if (line) socket.write(line);
    const [chunk] = (await once(socket, 'data', { signal: AbortSignal.timeout(PATIENCE) })) as [Buffer];
    return chunk.toString();
  } catch {
    return undefined; // Refused, reset or silent: nobody whom we could talk to.
  } finally {
    socket.destroy();
  }
}
