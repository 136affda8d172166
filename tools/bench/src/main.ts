import { parseArgs } from 'node:util';
import { BENCHES, OPTIONS } from './benches.js';

const usage = [...BENCHES].map(([name, { says, takes }]) => `  ${name.padEnd(11)} ${says} (${takes})`);
const USAGE = `npm run bench -- <name> [options]

${usage.join('\n')}
  all         all of these, one after the other

What they print is kept in .bench/.`;

const { positionals, values } = parseArgs({ allowPositionals: true, options: OPTIONS });
const names = positionals[0] === 'all' ? [...BENCHES.keys()] : positionals;
const unknown = names.find((name) => !BENCHES.has(name));
if (names.length === 0 || unknown !== undefined) {
  if (unknown !== undefined) console.error(`There is no bench named ${unknown}.\n`);
  console.error(USAGE);
  process.exitCode = unknown === undefined ? 0 : 2;
} else {
  for (const name of names) await BENCHES.get(name)!.run(values);
}
