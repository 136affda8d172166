import type { LoadResult } from '../load/load.js';
import { bottlenecks } from '../report/comparison.js';
import { median, medianAndRange } from '../report/statistics.js';

/** One subject, measured once. */
export interface Measurement extends LoadResult {
  subject: string;
  round: number;
  /** Microseconds of the server's CPU time per request. */
  cpu: number;
}

/** One row per subject: medians over the rounds, each compared with the open route of the same round. */
export function summaryOf(measurements: Measurement[]): Record<string, string | number>[] {
  const subjects = [...new Set(measurements.map(({ subject }) => subject))];
  const open = new Map(measurements.filter(({ subject }) => subject === 'open').map((m) => [m.round, m]));
  return subjects.map((subject) => {
    const own = measurements.filter((measurement) => measurement.subject === subject);
    const all = (value: (own: Measurement, open: Measurement) => number) =>
      own.map((measurement) => value(measurement, open.get(measurement.round)!));
    const over = (value: (own: Measurement, open: Measurement) => number) => median(all(value));
    return {
      subject,
      'requests/s': medianAndRange(
        all(({ perSecond }) => perSecond),
        0,
      ),
      'of open': medianAndRange(
        all(({ perSecond }, base) => perSecond / base.perSecond),
        3,
      ),
      'p99 ms': over(({ p99 }) => p99).toFixed(2),
      'p99 × open': over(({ p99 }, base) => p99 / base.p99).toFixed(2),
      'CPU µs': over(({ cpu }) => cpu).toFixed(1),
      'CPU µs over open': over(({ cpu }, base) => cpu - base.cpu).toFixed(1),
    };
  });
}

/** Says so where the generator rather than the server may have been measured. */
export function busyGenerator(measurements: readonly Measurement[]): string[] {
  return bottlenecks(
    measurements.map(({ subject, requests, ...rest }) => ({ name: subject, count: requests, ...rest })),
  );
}
