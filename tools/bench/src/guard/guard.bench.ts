import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bestLoad } from '../load/http.load.js';
import type { SendLoad } from '../load/load.js';
import { wrkLoad } from '../load/wrk.load.js';
import { Results } from '../report/results.js';
import { BenchIdentity, type SignatureAlgorithm } from './bench.identity.js';
import { MeasuredServer } from './measured.server.js';
import { busyGenerator, type Measurement, summaryOf } from './summary.js';
import { subjectsFor } from './subjects.js';

/** How thoroughly to measure. */
export interface GuardBenchOptions {
  algorithms: SignatureAlgorithm[];
  workloads: string[];
  subjects: string[];
  rounds: number;
  seconds: number;
  connections: number;
}

/** How many different tokens a round sends: one, a thousand, or each only once, on what machines can do in a second. */
export const WORKLOADS: Readonly<Record<string, (seconds: number) => number>> = {
  hot: () => 1,
  thousand: () => 1_000,
  distinct: (seconds) => seconds * 36_000,
};

const SERVER = new URL('./server.js', import.meta.url);

/** Measures every subject in turn, round after round, and prints one table per algorithm and workload. */
export async function guardBench(options: GuardBenchOptions): Promise<void> {
  const load = await bestLoad();
  const results = new Results('guard');
  results.note(
    `${options.rounds} rounds of ${options.seconds} s each, interleaved, ${options.connections} connections by ${load === wrkLoad ? 'wrk' : 'autocannon'}; medians (ranges).`,
  );
  for (const algorithm of options.algorithms) {
    const identity = await BenchIdentity.start(algorithm);
    for (const workload of options.workloads) {
      const measurements = await measure(identity, workload, options, load);
      results.table(`${algorithm}, ${workload}`, summaryOf(measurements));
      for (const sentence of busyGenerator(measurements)) results.note(sentence);
    }
    identity.close();
  }
}

async function measure(
  identity: BenchIdentity,
  workload: string,
  options: GuardBenchOptions,
  send: SendLoad,
): Promise<Measurement[]> {
  const { rounds, seconds, connections, subjects } = options;
  const count = WORKLOADS[workload]!(seconds);
  const isDistinct = workload === 'distinct';
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const tokens = join(folder, 'tokens');
  const lines = await identity.tokens(isDistinct ? count * (rounds + 1) : count);
  await writeFile(tokens, `${lines.join('\n')}\n`);
  const servers = await startServers(identity, subjects);
  const measurements: Measurement[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    for (const server of servers) {
      const offset = isDistinct ? round * count : 0;
      const load = { url: `${server.url}/constant`, tokens, offset, count, connections, seconds };
      const before = await server.cpuTime();
      const result = await send(load);
      if (result.failed > 0) throw new Error(`${server.name} refused or lost ${result.failed} good requests`);
      const cpu = ((await server.cpuTime()) - before) / result.requests;
      // The first round warms the servers up.
      if (round > 0) measurements.push({ subject: server.name, round, cpu, ...result });
      if (isDistinct && server.name !== 'open' && result.requests > count)
        console.warn(
          `${server.name}: ${result.requests - count} of ${result.requests} tokens had come before`,
        );
    }
  }
  await Promise.all(servers.map((server) => server.stop()));
  await rm(folder, { recursive: true });
  return measurements;
}

function startServers({ settings }: BenchIdentity, subjects: string[]): Promise<MeasuredServer[]> {
  const names = subjectsFor(settings.algorithm, subjects);
  return Promise.all(names.map((name) => MeasuredServer.start(name, SERVER, [name, settings])));
}
