import { parseArgs, styleText } from 'node:util';
import { ROOT, Trouble } from '@gatehouse/workspace';
import { add } from './commands/add.command.ts';
import { check } from './commands/check.command.ts';

const USAGE = `npm run new:service -- <name>            makes a guarded service, such as orders
npm run new:service -- <name> --dry-run  tells what that would write
npm run new:service -- --check <name>    tells how a service differs from what would be made now`;

/** `npm run new:service`. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { check: { type: 'boolean' }, 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [name, ...others] = positionals;
  if (values.help || name === undefined || others.length > 0) {
    (values.help ? console.log : console.error)(USAGE);
    return values.help ? 0 : 2;
  }
  return values.check ? check(ROOT, name) : add(ROOT, name, { dryRun: values['dry-run'] ?? false });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const known =
    error instanceof Trouble || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  if (!known) throw error;
  console.error(styleText('red', (error as Error).message, { stream: process.stderr }));
  process.exitCode = error instanceof Trouble ? 1 : 2;
}
