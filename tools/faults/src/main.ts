import { parseArgs } from 'node:util';
import { Trouble } from '@gatehouse/workspace';
import { FAULTS, type ListedFault } from './faults.ts';
import { Report } from './report.ts';
import { summaryOf } from './summary.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
  },
});

/** Tries all faults, or those that were named, one after the other, and shows a table of them. */
async function main(): Promise<void> {
  const faults = chosen(positionals);
  const reports: Report[] = [];
  for (const [name, { run, rounds }] of faults) {
    const usual = rounds[values.quick ? 1 : 0] || 1;
    const report = new Report(name);
    reports.push(report);
    await run(report, {
      rounds: Number(values.rounds ?? usual),
      seed: Number(values.seed),
      quick: values.quick,
    }).catch((error: unknown) => report.expect(false, `it could not be tried: ${String(error)}`));
    report.end();
    if (report.failed) process.exitCode = 1;
  }
  console.log(`\n${summaryOf(reports)}`);
}

function chosen(names: readonly string[]): (readonly [string, ListedFault])[] {
  if (names.length === 0)
    return Object.entries(FAULTS).filter(
      ([
        ,
        {
          rounds: [, quick],
        },
      ]) => !values.quick || quick > 0,
    );
  return names.map((name) => {
    const fault = FAULTS[name];
    if (!fault) throw new Trouble(`No such fault: ${name}. There are ${Object.keys(FAULTS).join(', ')}.`);
    return [name, fault];
  });
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
