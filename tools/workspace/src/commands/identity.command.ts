import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findApps, ROOT } from '../workspace/apps.ts';
import { build } from '../workspace/build.ts';
import { environmentOf } from '../workspace/environment.ts';

/**
 * `npm run identity -- users list`: a command of identity's main, with the settings that `npm start` would give it.
 * It has this terminal for itself, so that it can be part of a pipe.
 */
export async function identity(args: readonly string[]): Promise<number> {
  await build();
  const apps = findApps();
  const app = apps.find(({ name }) => name === 'identity')!;
  const child = spawn(process.execPath, [app.main, ...(args.length > 0 ? args : ['--help'])], {
    cwd: ROOT,
    env: environmentOf(app, apps, process.env),
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
