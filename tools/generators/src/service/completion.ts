import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Trouble } from '@gatehouse/workspace';

const run = promisify(execFile);

/**
 * What follows from the files that were written: the links between packages, the lock file, what is generated.
 *
 * @param signal tells it to stop
 * @throws Trouble also where it is told to stop before it is through
 */
export async function completeWorkspace(root: string, signal: AbortSignal): Promise<void> {
  const step = async (command: string, args: readonly string[]) => {
    const running = run(command, args, { cwd: root });
    // It is waited for, also when it is stopped: what it still writes comes before what was there is put back.
    const stop = () => running.child.kill();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    try {
      await running;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      const how = signal.aborted ? 'was stopped' : `failed:\n${stdout}${stderr}`.trimEnd();
      throw new Trouble(`${[command, ...args].join(' ')} ${how}\nEverything is as it was.`, { cause: error });
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
  await step('npm', ['install', '--prefer-offline']);
  await step(process.execPath, [join(root, 'tools/workspace/run.js'), 'generate']);
}
