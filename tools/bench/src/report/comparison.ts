import type { Turn } from '../load/turns.js';
import { median, medianAndRange } from './statistics.js';
import type { Row } from './table.js';

/** Whom a contender is compared with, and how it should come out. */
export interface Comparison {
  readonly name: string;
  readonly with: string;
  /** The least ratio of their rates; none where it is only told. */
  readonly goal?: number;
}

/** A load generator that takes this much of a core may be what is measured. */
const BUSY = 0.85;

/** One row for each contender: medians and ranges over the rounds. */
export function rates(turns: readonly Turn[]): Row[] {
  return namesOf(turns).map((name) => {
    const own = turns.filter((turn) => turn.name === name);
    const cpu = own.map((turn) => turn.cpu).filter((value) => value !== undefined);
    return {
      name,
      'per second': medianAndRange(
        own.map(({ perSecond }) => perSecond),
        0,
      ),
      'p50 ms': median(own.map(({ p50 }) => p50)).toFixed(2),
      'p99 ms': median(own.map(({ p99 }) => p99)).toFixed(2),
      'CPU ms each': cpu.length > 0 ? median(cpu).toFixed(3) : '-',
    };
  });
}

/** One row for each comparison of two that were measured: ratios within the same round, so that what slows down both cancels out. */
export function ratios(turns: readonly Turn[], comparisons: readonly Comparison[]): Row[] {
  const present = new Set(namesOf(turns));
  const possible = comparisons.filter((each) => present.has(each.name) && present.has(each.with));
  return possible.map(({ name, with: base, goal }) => {
    const baseOf = new Map(turns.filter((turn) => turn.name === base).map((turn) => [turn.round, turn]));
    const values = turns
      .filter((turn) => turn.name === name)
      .map(({ round, perSecond }) => perSecond / baseOf.get(round)!.perSecond);
    const outcome = goal === undefined ? '' : median(values) >= goal ? 'held' : 'MISSED';
    return { ratio: `${name} ÷ ${base}`, is: medianAndRange(values, 2), goal: goal ?? '-', outcome };
  });
}

/** Says so where the generator rather than the server may have been measured. */
export function bottlenecks(turns: readonly Turn[]): string[] {
  return namesOf(turns).flatMap((name) => {
    const own = turns.filter((turn) => turn.name === name && turn.cpu !== undefined);
    const cores = median(own.map(({ ownCores }) => ownCores));
    return cores > BUSY
      ? [`The load generator took ${cores.toFixed(2)} of a core with ${name}: it may be the bottleneck.`]
      : [];
  });
}

function namesOf(turns: readonly Turn[]): string[] {
  return [...new Set(turns.map(({ name }) => name))];
}
