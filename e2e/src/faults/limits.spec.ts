import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { ROOT } from '@gatehouse/workspace';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const hasMysql = testDatabases().some(({ name }) => name === 'mysql');

/** What `npm run faults -- <name> --quick` prints, which ends with an exit code of its own when something did not hold. */
async function fault(name: string, rounds: number): Promise<string> {
  const main = join(ROOT, 'tools/faults/src/main.ts');
  const args = [main, name, '--quick', '--rounds', String(rounds)];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT }).catch((error: unknown) => {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${name}:\n${stdout}\n${stderr}`);
  });
  return stdout;
}

// Each for real, and briefly; the figures are docs/limits.md's.
describe.runIf(hasMysql)('faults on a MariaDB of their own', () => {
  it.each([
    ['a database that stands still', 'database-paused', 1],
    ['a database that refuses', 'database-refuses', 1],
    ['a database without a free connection', 'pool-exhausted', 1],
    ['slow sockets', 'slow-sockets', 1],
    ['big bodies', 'big-bodies', 2],
  ])('are survived: %s', async (_, name, rounds) => {
    expect(await fault(name, rounds)).toContain(`${name}: held`);
  });
});

describe('faults on SQLite', () => {
  it('are survived: another process that holds the file', async () => {
    expect(await fault('sqlite-held', 1)).toContain('sqlite-held: held');
  });
});
