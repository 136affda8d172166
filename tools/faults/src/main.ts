import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { givenArguments, ROOT, Trouble } from '@gatehouse/workspace';
import { FAULTS, type ListedFault } from './faults.ts';
import { Report } from './report.ts';
import { type Outcome, summaryOf } from './summary.ts';

const { positionals, values } = givenArguments(
  {
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      quick: { type: 'boolean', default: false },
    },
  },
  `npm run faults -- [fault…] [--quick] [--rounds 100] [--seed 1], of ${Object.keys(FAULTS).join(', ')}`,
);

type Named = readonly [name: string, fault: ListedFault];

/** Full or quick, as it indexes what differs between the two. */
const EXTENT = values.quick ? 1 : 0;
/**
 * How often a figure that is beyond its bound is measured again where the machine is likely to be busy: what is wrong
 * with the services is wrong each time.
 */
const ATTEMPTS = values.quick ? 3 : 1;

/** Tries all faults, or those that were named, one after the other, and shows a table of them. */
async function main(): Promise<void> {
  const faults = chosen(positionals);
  const seconds = faults.reduce((sum, [, fault]) => sum + fault.seconds[EXTENT], 0);
  console.log(
    `${faults.length} faults, about ${Math.ceil(seconds / 60)} min on an idle machine; seed ${values.seed}`,
  );
  const outcomes: Outcome[] = [];
  for (const fault of faults) {
    const outcome = await outcomeOf(fault);
    outcomes.push(outcome);
    if (outcome.report.failed) process.exitCode = 1;
  }
  const summary = summaryOf(outcomes);
  console.log(`\n${summary}\n\n  Kept in ${kept(summary)}.`);
}

async function outcomeOf(fault: Named): Promise<Outcome> {
  for (let attempts = 1; ; attempts += 1) {
    const report = await tried(fault);
    if (!report.isOnlySlow || attempts === ATTEMPTS) return { report, attempts };
    console.log(`${report.name}: is measured again, as others may have had the machine`);
  }
}

async function tried([name, { run, rounds }]: Named): Promise<Report> {
  const report = new Report(name);
  await run(report, {
    rounds: Number(values.rounds ?? (rounds[EXTENT] || 1)),
    seed: Number(values.seed),
    quick: values.quick,
  }).catch((error: unknown) => report.expect(false, `it could not be tried: ${String(error)}`));
  report.end();
  return report;
}

function chosen(names: readonly string[]): Named[] {
  const all = Object.entries(FAULTS);
  if (names.length === 0) return all.filter(([, { rounds }]) => rounds[EXTENT] > 0);
  return names.map((name) => {
    const fault = FAULTS[name];
    if (!fault) throw new Trouble(`No such fault: ${name}. There are ${Object.keys(FAULTS).join(', ')}.`);
    return [name, fault];
  });
}

/** @returns the file that the table is written to */
function kept(summary: string): string {
  const extent = positionals.length > 0 ? 'named' : values.quick ? 'quick' : 'full';
  const file = join('.faults', `${extent}.txt`);
  mkdirSync(join(ROOT, '.faults'), { recursive: true });
  writeFileSync(join(ROOT, file), `${new Date().toISOString()}\n\n${stripVTControlCharacters(summary)}\n`);
  return file;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
