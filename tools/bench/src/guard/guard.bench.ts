import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { autocannonLoad } from '../load/autocannon.load.js';
import { hasWrk, wrkLoad } from '../load/wrk.load.js';
import { table } from '../report/table.js';
import { BenchIdentity, type SignatureAlgorithm } from './bench.identity.js';
import { MeasuredServer } from './measured.server.js';
import { type Measurement, summaryOf } from './summary.js';
import { type SubjectName, SUBJECTS } from './subjects.js';

/** How thoroughly to measure. */
export interface GuardBenchOptions {
  algorithms: SignatureAlgorithm[];
  workloads: string[];
  subjects: string[];
  rounds: number;
  seconds: number;
  connections: number;
}

/** How many different tokens each workload sends; `distinct` never sends one twice, within what a machine can do. */
const WORKLOADS = { hot: 1, thousand: 1_000, distinct: 60_000 };

const SERVER = new URL('./server.js', import.meta.url);

/** Measures every subject in turn, round after round, and prints one table per algorithm and workload. */
export async function guardBench(options: GuardBenchOptions): Promise<void> {
  const load = (await hasWrk()) ? wrkLoad : autocannonLoad;
  console.log(`${options.rounds} rounds of ${options.seconds} s each, interleaved, by ${load.name}; medians`);
  for (const algorithm of options.algorithms) {
    const identity = await BenchIdentity.start(algorithm);
    for (const [workload, count] of Object.entries(WORKLOADS)) {
      if (!options.workloads.includes(workload)) continue;
      const measurements = await measure(identity, count, options, load);
      console.log(`\n${algorithm}, ${workload} (${count} tokens)\n${table(summaryOf(measurements))}`);
    }
    identity.close();
  }
}

async function measure(
  identity: BenchIdentity,
  count: number,
  options: GuardBenchOptions,
  send: typeof wrkLoad,
): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const tokens = join(folder, 'tokens');
  await writeFile(tokens, `${identity.tokens(count).join('\n')}\n`);
  const names = Object.keys(SUBJECTS).filter(
    (name) => name === 'open' || options.subjects.includes(name),
  ) as SubjectName[];
  const measurements: Measurement[] = [];
  // The first round warms the servers up.
  const servers = await Promise.all(
    names.map((name) => MeasuredServer.start(name, SERVER, [name, identity.settings])),
  );
  for (let round = 0; round <= options.rounds; round += 1) {
    for (const server of servers) {
      const before = await server.cpuTime();
      const load = {
        url: `${server.url}/constant`,
        tokens,
        offset: 0,
        connections: options.connections,
        seconds: options.seconds,
      };
      const result = await send(load);
      const cpu = ((await server.cpuTime()) - before) / result.requests;
      if (round > 0) measurements.push({ subject: server.name, round, cpu, ...result });
    }
  }
  await Promise.all(servers.map((server) => server.stop()));
  await rm(folder, { recursive: true });
  return measurements;
}
