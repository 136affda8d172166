import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stopSignal, Trouble } from '@gatehouse/workspace';

const run = promisify(execFile);

/**
 * What follows from the files that were written: the links between packages, the lock file, what is generated.
 *
 * @throws Trouble also where it is told to stop before it is through
 */
export async function completeWorkspace(root: string): Promise<void> {
  const signal = stopSignal();
  const step = async (command: string, args: readonly string[]) => {
    try {
      await run(command, args, { cwd: root, signal });
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      const how = signal.aborted ? 'was stopped' : `failed:\n${stdout}${stderr}`.trimEnd();
      throw new Trouble(`${[command, ...args].join(' ')} ${how}\nEverything is as it was.`, { cause: error });
    }
  };
  await step('npm', ['install', '--prefer-offline']);
  await step(process.execPath, [join(root, 'tools/workspace/run.js'), 'generate']);
}
