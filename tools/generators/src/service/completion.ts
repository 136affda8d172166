import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Trouble } from '@gatehouse/workspace';

const run = promisify(execFile);

/** What follows from the files that were written: the links between packages, the lock file, what is generated. */
export async function completeWorkspace(root: string): Promise<void> {
  await step(root, 'npm', ['install', '--prefer-offline']);
  await step(root, process.execPath, [join(root, 'tools/workspace/run.js'), 'generate']);
}

async function step(cwd: string, command: string, args: readonly string[]): Promise<void> {
  try {
    await run(command, args, { cwd });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Trouble(`${[command, ...args].join(' ')} failed:\n${stdout}${stderr}`.trim());
  }
}
