import { styleText } from 'node:util';
import { table } from '@gatehouse/workspace';
import type { Result } from '../doctor.ts';

const MARKS = {
  good: styleText('green', 'ok'),
  wrong: styleText('red', 'wrong'),
  nothing: styleText('dim', '-'),
} as const;

/** What a person reads: one row for each check, and each finding with its remedy below. */
export function report(results: readonly Result[]): string {
  const rows = results.map(({ check, state, said, findings }) => [
    check,
    MARKS[state],
    state === 'wrong' ? `${findings.length} found` : said,
  ]);
  return ['', table(['check', 'state', ''], rows), '', ...diagnosis(results), ''].join('\n');
}

function diagnosis(results: readonly Result[]): string[] {
  const wrong = results.flatMap(({ check, findings }) => findings.map((finding) => ({ check, ...finding })));
  if (wrong.length === 0) return [styleText('green', '  Nothing is wrong.')];
  const first =
    wrong.length > 1
      ? [styleText('dim', '  Causes come first: mend the first one, and look again.'), '']
      : [];
  return [
    ...first,
    ...wrong.flatMap(({ check, service, cause, remedy }) => [
      `  ${styleText('red', check)}${service ? styleText('dim', ` (${service})`) : ''}  ${cause}`,
      `  ${' '.repeat(check.length)}  ${styleText('bold', remedy)}`,
    ]),
  ];
}
