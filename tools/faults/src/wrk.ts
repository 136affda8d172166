import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether wrk is installed. */
export async function hasWrk(): Promise<boolean> {
  // It prints its version and exits with 1.
  const outcome = await run('wrk', ['-v']).catch((error: NodeJS.ErrnoException) => error);
  return !('code' in outcome && outcome.code === 'ENOENT');
}

/** Asks for one address again and again over 16 connections; gives how many answers came a second. */
export async function requestsPerSecond(url: string, milliseconds: number): Promise<number> {
  const { stdout } = await run('wrk', ['-t1', '-c16', `-d${Math.round(milliseconds / 1_000)}s`, url]);
  const [, figure] = /Requests\/sec:\s+([\d.]+)/.exec(stdout) ?? [];
  if (!figure || stdout.includes('Non-2xx')) throw new Error(`wrk measured nothing that counts:\n${stdout}`);
  return Math.round(Number(figure));
}
