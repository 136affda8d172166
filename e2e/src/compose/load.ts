import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request that is sent again and again. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** What it is to be answered with. */
  readonly status: number;
}

/** How it went. */
export interface Outcome {
  readonly sent: number;
  /** What came back instead, or what broke: each with the time. */
  readonly failures: readonly string[];
}

/** Sends requests in turn over kept connections until told to stop, and at least so many; none is tried again. */
export async function load(requests: readonly Sent[], least: number, stop: AbortSignal): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const failures: string[] = [];
  let sent = 0;
  const connection = async () => {
    while (!stop.aborted || sent < least) {
      const next = requests[sent % requests.length]!;
      sent += 1;
      const status = await once(next, agent).catch((error: Error) => error.message);
      await sleep(PAUSE);
      if (status !== next.status)
        failures.push(`${new Date().toISOString()} ${next.method} ${next.url}: ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  agent.destroy();
  return { sent, failures };
}

const CONNECTIONS = 8;
/** Between an answer and the next request of a connection, in milliseconds: this is no measurement of capacity. */
const PAUSE = 40;

function once({ method, url, headers = {}, body }: Sent, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = request(url, { method, agent, headers: { ...headers, ...length } }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
