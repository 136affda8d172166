import { closedLoop, type LoopResult, type Step } from './closed.loop.js';
import { Progress } from '../report/progress.js';
import { cpuTimeOf } from './cpu.time.js';

/** Somebody who is measured. */
export interface Contender {
  readonly name: string;
  /** One for each connection, or what sends a load by itself for so many seconds. */
  readonly steps: readonly Step[] | ((seconds: number) => Promise<LoopResult>);
  /** Its process, whose CPU time is read; none where it runs in this one. */
  readonly pid?: number;
  /** What goes on beside it. */
  readonly during?: (work: () => Promise<LoopResult>) => Promise<LoopResult>;
}

/** One contender, measured once. */
export interface Turn extends LoopResult {
  readonly name: string;
  readonly round: number;
  /** Milliseconds of CPU time for one request, by all threads of the contender's process. */
  readonly cpu?: number | undefined;
}

/** How thoroughly to measure. */
export interface Thoroughness {
  readonly rounds: number;
  readonly seconds: number;
}

/** Measures each contender in turn, round after round, so that what else the machine does meets all of them. */
export async function takeTurns(contenders: readonly Contender[], how: Thoroughness): Promise<Turn[]> {
  const turns: Turn[] = [];
  // The first round warms up.
  const progress = new Progress('turns', (how.rounds + 1) * contenders.length);
  for (let round = 0; round <= how.rounds; round += 1) {
    for (const [at, { name, steps, pid, during = alone }] of contenders.entries()) {
      progress.show(round * contenders.length + at);
      const before = pid === undefined ? undefined : cpuTimeOf(pid);
      const result = await during(() => work(steps, how.seconds));
      const after = pid === undefined ? undefined : cpuTimeOf(pid);
      const cpu = after === undefined ? undefined : (after - before!) / result.count;
      if (round > 0) turns.push({ name, round, cpu, ...result });
    }
  }
  progress.end();
  return turns;
}

function work(steps: Contender['steps'], seconds: number): Promise<LoopResult> {
  return typeof steps === 'function' ? steps(seconds) : closedLoop(steps, seconds);
}

function alone(work: () => Promise<LoopResult>): Promise<LoopResult> {
  return work();
}
