import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Requests that are sent again and again over a number of connections. */
export interface Stream {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly connections: number;
}

/** What came back while it was measured: how long each answer took, by status. */
export type Times = ReadonlyMap<number, number[]>;

/** Sends all streams at once for that long, and tells of each what came back. */
export async function measure(
  url: string,
  streams: readonly Stream[],
  milliseconds: number,
): Promise<Times[]> {
  const over = AbortSignal.timeout(milliseconds);
  const times = await Promise.all(streams.map((stream) => send(url, stream, over)));
  await sleep(500); // What still waits in queues is not the next measurement's.
  return times;
}

async function send(url: string, stream: Stream, over: AbortSignal): Promise<Times> {
  const agent = new Agent({ keepAlive: true, maxSockets: stream.connections });
  const times = new Map<number, number[]>();
  const connection = async () => {
    while (!over.aborted) {
      const start = performance.now();
      const status = await once(url, stream, agent);
      if (!times.has(status)) times.set(status, []);
      times.get(status)!.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: stream.connections }, connection));
  agent.destroy();
  return times;
}

function once(url: string, { method, path, body }: Stream, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers =
      body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(`${url}${path}`, { method, agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
