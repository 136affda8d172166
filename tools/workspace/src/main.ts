import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { composeTest } from './commands/compose-test.command.ts';
import { dev } from './commands/dev.command.ts';
import { doctor } from './commands/doctor.command.ts';
import { generate } from './commands/generate.command.ts';
import { identity } from './commands/identity.command.ts';
import { routes } from './commands/routes.command.ts';
import { start } from './commands/start.command.ts';
import { task } from './commands/task.command.ts';
import { test } from './commands/test.command.ts';
import { ROOT } from './workspace/apps.ts';
import { Trouble } from './workspace/trouble.ts';

interface Command {
  /** @returns the exit code */
  run: (args: readonly string[]) => Promise<number>;
  /** All that it takes; left out where it looks at its arguments itself. */
  takes?: readonly string[];
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: { run: start, takes: ['--json'] },
  dev: { run: dev, takes: [] },
  test: { run: test },
  'test:compose': { run: composeTest },
  generate: { run: generate, takes: ['--check'] },
  routes: { run: routes, takes: [] },
  doctor: { run: doctor },
  migrate: { run: task('migrate'), takes: [] },
  seed: { run: task('seed'), takes: [] },
  identity: { run: identity },
};

/** Runs one of the workspace's commands, as the root package.json names them. */
export async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS[name];
  if (!command) {
    console.error(`Unknown command. There are: ${Object.keys(COMMANDS).join(', ')}.`);
    return 2;
  }
  const stray = args.find((each) => command.takes && !command.takes.includes(each));
  if (stray !== undefined) {
    console.error(
      `"${stray}" means nothing to this command: it takes ${command.takes?.join(', ') || 'nothing'}.`,
    );
    return 2;
  }
  loadSettings();
  try {
    return await command.run(args);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    console.error(styleText('red', error.message, { stream: process.stderr }));
    return 1;
  }
}

/** A `.env` at the root serves every command; what is set outside of it wins. */
function loadSettings(): void {
  const file = join(ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
