import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runNode, tallyOf } from '@gatehouse/workspace';
import type { Check } from './canary.ts';

/** How a check ended; `none` when it did not come to a verdict, such as by a crash, or with nothing tried. */
export type Verdict = 'green' | 'red' | 'none';

/** A check that takes longer has no verdict. Milliseconds. */
const PATIENCE = 180_000;

/** Runs a check in a workspace, with the servers that tests are lent. */
export async function verdictOf(
  check: Check,
  root: string,
  servers: Readonly<Record<string, string>>,
): Promise<{ verdict: Verdict; output: string }> {
  return 'fault' in check ? verdictOfFault(check, root) : verdictOfTests(check, root, servers);
}

async function verdictOfFault(
  { fault, rounds }: Extract<Check, { fault: string }>,
  root: string,
): Promise<{ verdict: Verdict; output: string }> {
  const main = join(root, 'tools/faults/src/main.ts');
  const args = [main, fault, '--quick', '--rounds', String(rounds)];
  const { ok, output } = await runNode(args, options(root));
  if (ok) return { verdict: 'green', output };
  return { verdict: output.includes(`${fault}: FAILED: `) ? 'red' : 'none', output };
}

async function verdictOfTests(
  { spec, test }: Extract<Check, { spec: string }>,
  root: string,
  servers: Readonly<Record<string, string>>,
): Promise<{ verdict: Verdict; output: string }> {
  const report = join(root, 'canary.json');
  rmSync(report, { force: true });
  const project = spec.startsWith('e2e/') ? 'e2e' : 'unit';
  const pattern = test.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--project', project, spec, '-t', pattern, ...reporters];
  const { ok, output } = await runNode(args, options(root, servers));
  if (!existsSync(report)) return { verdict: 'none', output };
  const { passed, failed } = tallyOf(readFileSync(report, 'utf8'), ok);
  if (failed > 0) return { verdict: 'red', output };
  return { verdict: passed > 0 ? 'green' : 'none', output };
}

function options(root: string, env: Readonly<Record<string, string>> = {}): Parameters<typeof runNode>[1] {
  return { cwd: root, quiet: true, env, signal: AbortSignal.timeout(PATIENCE) };
}
