import { Agent, request } from 'node:http';
import type { Stream, Times } from './load.ts';

/** How often the next requests are sent. Milliseconds. */
const TICK = 10;

/** What came back: how long each answer took, by status, and how many came before the end. */
export interface Offered {
  readonly times: Times;
  readonly inTime: ReadonlyMap<number, number>;
}

/**
 * Sends so many requests a second, whether or not those before have been answered, as many people do who know nothing
 * of each other. Status 0 is no answer.
 */
export async function offer(
  url: string,
  stream: Omit<Stream, 'connections'>,
  { perSecond, milliseconds }: { perSecond: number; milliseconds: number },
): Promise<Offered> {
  const agent = new Agent({ keepAlive: true });
  const times = new Map<number, number[]>();
  const inTime = new Map<number, number>();
  const running = new Set<Promise<void>>();
  const begun = performance.now();
  const send = async () => {
    const start = performance.now();
    const status = await once(url, stream, agent);
    if (!times.has(status)) times.set(status, []);
    times.get(status)!.push(performance.now() - start);
    if (performance.now() - begun < milliseconds) inTime.set(status, (inTime.get(status) ?? 0) + 1);
  };
  let sent = 0;
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    const passed = performance.now() - begun;
    if (passed >= milliseconds) return resolve();
    for (; sent < (passed * perSecond) / 1_000; sent += 1) {
      const each: Promise<void> = send().finally(() => running.delete(each));
      running.add(each);
    }
  }, TICK);
  await over;
  clearInterval(timer);
  await Promise.all(running);
  agent.destroy();
  return { times, inTime };
}

function once(
  url: string,
  { method, path, body = '' }: Omit<Stream, 'connections'>,
  agent: Agent,
): Promise<number> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(`${url}${path}`, { method, agent, headers }, (answer) => {
      answer.resume();
      answer.on('close', () => resolve(answer.complete ? (answer.statusCode ?? 0) : 0));
    });
    sent.on('error', () => resolve(0));
    sent.end(body);
  });
}
