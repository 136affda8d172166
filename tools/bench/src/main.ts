import { givenArguments } from '@gatehouse/workspace';
import { BENCHES } from './benches.js';
import { OPTIONS, type Values } from './options.js';
import { writeTables } from './report/tables.document.js';

const usage = [...BENCHES].map(
  ([name, { says, minutes, takes }]) => `  ${name.padEnd(11)} ${says} (${minutes} min; ${takes})`,
);
const USAGE = `npm run bench [-- <name>… | tables] [options]

${usage.join('\n')}
  tables      writes what was measured last into docs/performance.md

Without a name: all of them, in about half an hour, growth and import with less data. What they print is kept in .bench/.`;

const { positionals, values } = givenArguments({ allowPositionals: true, options: OPTIONS }, USAGE);
const unknown = positionals.find((name) => !BENCHES.has(name) && name !== 'tables');
if (unknown !== undefined) {
  console.error(`There is no bench named ${unknown}.\n\n${USAGE}`);
  process.exitCode = 2;
} else if (values.help) console.log(USAGE);
else if (positionals.includes('tables')) await writeTables([...BENCHES.keys()]);
else await run(positionals, values);

async function run(given: readonly string[], values: Values): Promise<void> {
  const names = given.length > 0 ? given : [...BENCHES.keys()];
  for (const [at, name] of names.entries()) {
    const bench = BENCHES.get(name)!;
    console.log(`\n[${at + 1}/${names.length}] ${name}: ${bench.says} (about ${bench.minutes} min)\n`);
    await bench.run(given.length > 0 ? values : { ...bench.amongAll, ...values });
  }
  console.log('\nKept in .bench/; `npm run bench -- tables` writes it into docs/performance.md.');
}
