import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Flaw } from './plain/flaws.fixture.js';
import { startPlainService } from './plain/plain.service.fixture.js';

const LIBRARY = join(import.meta.dirname, '../..');
const BUILT = `"${process.execPath}" "${join(LIBRARY, 'bin/gatehouse-conform.js')}"`;

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly junit: string;
}

describe.concurrent('the command of the README, against a service in another process', () => {
  it('ends with 0 where it conforms', { timeout: 120_000 }, async () => {
    const { code, out, junit } = await conform(5471, 5472);
    expect(out).toMatch(/\d{3} passed, 0 failed, 0 lacking/);
    expect(code).toBe(0);
    expect(junit).toMatch(/<testsuite name="gatehouse-conform" tests="\d{3}" failures="0"/);
  });

  it('ends with 1 where it does not, and names what failed', { timeout: 120_000 }, async () => {
    const { code, out, junit } = await conform(5473, 5474, 'no audience check');
    expect(out).toContain('- claims: refuses another audience');
    expect(code).toBe(1);
    expect(junit).toContain('<failure message=');
  });
});

/** Starts the command, then the service that it waits for. */
async function conform(port: number, issuerPort: number, flaw?: Flaw): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'conform-'));
  const running = shell(await commandOfReadme(port, issuerPort), folder);
  const service = await startPlainService(settingsFor(issuerPort), flaw, port);
  try {
    const ended = await running;
    return { ...ended, junit: await readFile(join(folder, 'conformance.xml'), 'utf8') };
  } finally {
    await service.close?.();
    await rm(folder, { recursive: true });
  }
}

async function commandOfReadme(port: number, issuerPort: number): Promise<string> {
  const page = await readFile(join(LIBRARY, 'README.md'), 'utf8');
  const [, command = ''] = /^```sh\n(.*?)\n```$/ms.exec(page) ?? [];
  const placed = command.replace('npx gatehouse-conform', BUILT).replace(':8000', `:${port}`);
  return `${placed} --issuer-port ${issuerPort}`;
}

function settingsFor(issuerPort: number) {
  const client = { id: 'orders', secret: 'any' };
  return { issuer: `http://127.0.0.1:${issuerPort}`, audience: 'gatehouse', client, feedMaxStaleness: 5 };
}

function shell(command: string, cwd: string): Promise<Omit<Outcome, 'junit'>> {
  return new Promise((resolve) => {
    const child = execFile('sh', ['-c', command], { cwd }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, out: stdout + stderr }),
    );
  });
}
