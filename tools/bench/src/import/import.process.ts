import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../../apps/identity/dist/main.js', import.meta.url));
const LOOK_EVERY = 100;

/** What became of one run. */
export interface ImportOutcome {
  seconds: number;
  /** The most resident memory it had, and what it had half-way, in megabytes; where Linux tells. */
  peak: number;
  halfWay: number;
  /** What the command printed; nothing where it was killed. */
  counts?: { imported: number; known: number; rejected: number };
}

/** Imports a file by identity's own command. @param killAfter seconds, after which it is killed */
export async function runImport(
  databaseUrl: string,
  file: string,
  killAfter?: number,
): Promise<ImportOutcome> {
  const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' };
  const begun = performance.now();
  const child = spawn(process.execPath, [MAIN, 'users', 'import', file, '--json'], { env });
  child.stderr.pipe(process.stderr);
  const memory: number[] = [];
  const looks = setInterval(() => memory.push(...residentMegabytes(child.pid!)), LOOK_EVERY);
  const killer = killAfter && setTimeout(() => child.kill('SIGKILL'), killAfter * 1_000);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearInterval(looks);
  clearTimeout(killer);
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the import ended with ${code}`);
  return {
    seconds: (performance.now() - begun) / 1_000,
    peak: Math.max(...memory),
    halfWay: memory[Math.floor(memory.length / 2)] ?? NaN,
    ...(code === 0 && { counts: JSON.parse(output) as NonNullable<ImportOutcome['counts']> }),
  };
}

/** Nothing where it has ended, or where this is no Linux. */
function residentMegabytes(pid: number): number[] {
  const file = `/proc/${pid}/status`;
  const [, kilobytes] = (existsSync(file) && /^VmRSS:\s+(\d+)/m.exec(readFileSync(file, 'utf8'))) || [];
  return kilobytes ? [Number(kilobytes) / 1_000] : [];
}
