import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { stopSignal } from '../processes/stop.signals.ts';
import { runTool } from '../processes/tool.process.ts';
import { LentServers } from '../tests/lent.servers.ts';
import { tallyLine, tallyOf } from '../tests/tally.ts';
import { build } from '../workspace/build.ts';

/** `npm test`: builds, lends the tests the servers that the machine has programs of, runs all, and ends with what failed and a count. */
export async function test(args: readonly string[]): Promise<number> {
  const stop = stopSignal();
  await build(stop);
  const servers = await LentServers.start();
  try {
    return await runVitest(args, servers.environment, stop);
  } finally {
    await servers.close();
    for (const warning of servers.warnings)
      console.error(styleText(['yellow', 'bold'], warning, { stream: process.stderr }));
  }
}

async function runVitest(
  args: readonly string[],
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tests-'));
  const report = join(folder, 'report.json');
  try {
    const { ok } = await runTool(
      'vitest',
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
      { env, signal },
    );
    const tally = tallyOf(readFileSync(report, 'utf8'), ok);
    for (const failure of tally.failures) console.log(failure);
    console.log(tallyLine(tally));
    return tally.failed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
