import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LentServers, runTool, tallyOf } from '@gatehouse/workspace';
import type { Fault } from './fault.ts';
import type { Report } from './report.ts';

/** A fault that tests inject: they run as they are, with the servers that tests are lent. */
export function specs(...files: readonly string[]): Fault {
  return async (report, { rounds }) => {
    const servers = await LentServers.start();
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-faults-'));
    try {
      for (let round = 0; round < rounds; round += 1) {
        await runSpecs(files, report, { env: servers.environment, json: join(folder, 'report.json') });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await servers.close();
    }
  };
}

async function runSpecs(
  files: readonly string[],
  report: Report,
  { env, json }: { env: Readonly<Record<string, string>>; json: string },
): Promise<void> {
  const args = ['run', ...files, '--reporter=default', '--reporter=json', `--outputFile.json=${json}`];
  const { ok, output } = await runTool('vitest', args, { env, quiet: true });
  const { passed, failed } = tallyOf(readFileSync(json, 'utf8'), ok);
  report.atMost(`failed of ${passed + failed} tests`, failed, 0);
  report.expect(passed > 0, 'no test has run');
  report.expect(failed === 0, output);
}
