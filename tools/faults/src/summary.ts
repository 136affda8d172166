import { table } from '@gatehouse/workspace';
import { FAULTS } from './faults.ts';
import type { Report } from './report.ts';

const HEADING = ['row', 'fault', 'what was injected', 'figure', '', 'bound', 'held', 's'];

/** What came of one fault in the end, and how often it was tried until then. */
export interface Outcome {
  readonly report: Report;
  readonly attempts: number;
}

/** A line for every figure that has a bound, and for every fault how many other things did not hold. */
export function summaryOf(outcomes: readonly Outcome[]): string {
  return table(HEADING, outcomes.flatMap(linesOf));
}

function linesOf({ report, attempts }: Outcome): string[][] {
  const { row, injected } = FAULTS[report.name]!;
  const bounded = report.figures.filter(({ bound }) => bound !== undefined);
  const lines = [
    ...bounded.map(({ what, value, bound, held }) => [what, String(value), bound!, verdict(held)]),
    ['other things that did not hold', String(report.failures), '0', verdict(report.failures === 0)],
  ];
  const again = attempts > 1 ? `, try ${attempts}` : '';
  return lines.map((line, i) =>
    i === 0 ? [row, report.name + again, injected, ...line, String(report.seconds)] : ['', '', '', ...line],
  );
}

function verdict(held: boolean): string {
  return held ? 'yes' : 'NO';
}
