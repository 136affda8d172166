import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { findMariadb } from '../mariadb/mariadb.binary.ts';
import { PrivateMariadb } from '../mariadb/private.mariadb.ts';
import { stopSignal } from '../processes/stop.signals.ts';
import { runTool } from '../processes/tool.process.ts';
import { tallyLine, tallyOf } from '../tests/tally.ts';
import { build } from '../workspace/build.ts';
import { Trouble } from '../workspace/trouble.ts';

/** `npm test`: builds, lends the tests a private MySQL where the machine has one, runs all, and ends with a count. */
export async function test(args: readonly string[]): Promise<number> {
  const stop = stopSignal();
  await build(stop);
  const database = await lendDatabase();
  try {
    return await runVitest(args, database?.url ?? process.env['TEST_MYSQL_URL'], stop);
  } finally {
    await database?.close();
    if (!database && !process.env['TEST_MYSQL_URL']) warnOfMissingDatabase();
  }
}

async function lendDatabase(): Promise<PrivateMariadb | undefined> {
  if (process.env['TEST_MYSQL_URL']) return undefined;
  const binary = findMariadb();
  if (binary) return PrivateMariadb.start(binary);
  if (process.env['REQUIRE_MYSQL'] === '1') {
    throw new Trouble(
      'REQUIRE_MYSQL=1, but there is no mariadbd or mysqld on this machine: install one (for example the Debian package mariadb-server), or set TEST_MYSQL_URL.',
    );
  }
  return undefined;
}

async function runVitest(
  args: readonly string[],
  mysql: string | undefined,
  stop: AbortSignal,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tests-'));
  const report = join(folder, 'report.json');
  try {
    const { ok } = await runTool(
      'vitest',
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
      { env: { TEST_MYSQL_URL: mysql }, signal: stop },
    );
    const tally = tallyOf(readFileSync(report, 'utf8'), ok);
    console.log(tallyLine(tally));
    return tally.failed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function warnOfMissingDatabase(): void {
  const words = [
    'THE DATABASE TESTS DID NOT RUN ON MYSQL: there is no mariadbd or mysqld on this machine.',
    'They ran on SQLite alone. Install MariaDB (for example the Debian package mariadb-server) to run them on both.',
  ];
  console.error(styleText(['yellow', 'bold'], words.join('\n'), { stream: process.stderr }));
}
