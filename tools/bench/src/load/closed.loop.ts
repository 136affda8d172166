import { quantile } from '../report/statistics.js';

/** One thing to do, again and again; it fails when what it asks for is refused. */
export type Step = () => Promise<void>;

/** What came of a loop. */
export interface LoopResult {
  readonly count: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** How much of a core the loop itself took. */
  readonly ownCores: number;
}

/** Does each of the steps again and again, all of them side by side, as connections that wait for their answers do. */
export async function closedLoop(steps: readonly Step[], seconds: number): Promise<LoopResult> {
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const end = start + seconds * 1_000;
  const loop = async (step: Step): Promise<void> => {
    for (let begun = performance.now(); begun < end; begun = performance.now()) {
      await step();
      latencies.push(performance.now() - begun);
      // What does its work at once would keep the others, and the clock, waiting.
      if (latencies.length % 256 === 0) await new Promise(setImmediate);
    }
  };
  await Promise.all(steps.map(loop));
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return {
    count: latencies.length,
    perSecond: (latencies.length / elapsed) * 1_000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    ownCores: (user + system) / 1_000 / elapsed,
  };
}
