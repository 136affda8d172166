import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import type { Load, LoadResult } from './load.js';

const SETUP = fileURLToPath(new URL('./bearer.setup.js', import.meta.url));

/**
 * Sends a load with autocannon from a thread of its own, where wrk is not installed. It takes more CPU itself and rounds
 * to milliseconds.
 */
export async function autocannonLoad(load: Load): Promise<LoadResult> {
  const { url, tokens, offset, count, connections, seconds } = load;
  const bearers = { tokens, offset, ...(count !== undefined && { count }) };
  // A function cannot be handed to a thread, its file can.
  const request = { method: 'GET', setupRequest: SETUP, bearers } as unknown as autocannon.Request;
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const result = await autocannon({ url, connections, duration: seconds, workers: 1, requests: [request] });
  const { user, system } = process.cpuUsage(cpu);
  return {
    ownCores: (user + system) / 1_000 / (performance.now() - begun),
    requests: result.requests.total,
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors,
  };
}
