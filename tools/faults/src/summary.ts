import { table } from '@gatehouse/workspace';
import { FAULTS } from './faults.ts';
import type { Report } from './report.ts';

const HEADING = ['row', 'fault', 'what was injected', 'figure', '', 'bound', 'held', 's'];

/** A line for every figure that has a bound, and for every fault how many things did not hold. */
export function summaryOf(reports: readonly Report[]): string {
  const rows = reports.flatMap((report) => {
    const { row, injected } = FAULTS[report.name]!;
    const bounded = report.figures.flatMap(({ what, value }) => {
      const [, figure, bound] = /^(.*), bound(?: of the p99)? (.*)$/.exec(String(value)) ?? [];
      return figure === undefined ? [] : [[what, figure, bound!]];
    });
    const lines = [...bounded, ['things that did not hold', String(report.failures), '0']];
    return lines.map((line, i) =>
      i === 0
        ? [row, report.name, injected, ...line, report.failed ? 'NO' : 'yes', report.seconds]
        : ['', '', '', ...line],
    );
  });
  return table(HEADING, rows);
}
