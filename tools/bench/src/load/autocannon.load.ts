import { readFile } from 'node:fs/promises';
import autocannon from 'autocannon';
import type { Load, LoadResult } from './load.js';

/** Sends a load with autocannon, where wrk is not installed. It takes more CPU itself and rounds to milliseconds. */
export async function autocannonLoad({
  url,
  tokens,
  offset,
  count = Number.MAX_SAFE_INTEGER,
  connections,
  seconds,
}: Load): Promise<LoadResult> {
  const lines = (await readFile(tokens, 'utf8'))
    .trimEnd()
    .split('\n')
    .slice(offset, offset + count);
  let next = 0;
  const authorized = (request: autocannon.Request): autocannon.Request => {
    const token = lines[next++ % lines.length]!;
    return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
  };
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [{ method: 'GET', setupRequest: authorized }],
  });
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
