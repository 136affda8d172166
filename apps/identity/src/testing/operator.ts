import { runCommand } from '@gatehouse/service-kit/testing';
import { vi } from 'vitest';
import { IDENTITY } from '../identity.options.js';

/** What a command left behind. */
export interface CommandOutcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs one of identity's commands in this process, on a database that others may use meanwhile. */
export async function operate(
  databaseUrl: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<CommandOutcome> {
  const settings = { NODE_ENV: 'test', LOG_LEVEL: 'warn', DATABASE_URL: databaseUrl, ...environment };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const [stdout, stderr] = [written('stdout'), written('stderr')];
  try {
    const code = await runCommand(args, IDENTITY);
    return { code, stdout: stdout(), stderr: stderr() };
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.exitCode = undefined;
  }
}

function written(name: 'stdout' | 'stderr'): () => string {
  const spy = vi.spyOn(process[name], 'write').mockReturnValue(true);
  return () => spy.mock.calls.map(([chunk]) => String(chunk)).join('');
}
