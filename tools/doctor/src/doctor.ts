import type { Check, Finding } from './check.ts';
import { CHECKS } from './checks.ts';
import type { Setup } from './setup/setup.ts';

/** What came of one check. */
export interface Result {
  readonly check: string;
  readonly state: 'good' | 'wrong' | 'nothing';
  /** What holds, or why there was nothing to look at. */
  readonly said: string;
  readonly findings: readonly Finding[];
}

/** Looks at everything, in order. A check that fails itself is a finding: the doctor tells what there is to tell. */
export async function examine(setup: Setup, checks: readonly Check[] = CHECKS): Promise<Result[]> {
  const results: Result[] = [];
  for (const check of checks) results.push(await resultOf(check, setup));
  return results;
}

async function resultOf(check: Check, setup: Setup): Promise<Result> {
  const sight = await Promise.resolve()
    .then(() => check.look(setup))
    .catch((error: unknown) => [unforeseen(error)]);
  if ('nothing' in sight) return { check: check.name, state: 'nothing', said: sight.nothing, findings: [] };
  const state = sight.length === 0 ? 'good' : 'wrong';
  return { check: check.name, state, said: check.holds, findings: sight };
}

function unforeseen(error: unknown): Finding {
  const { name, code } = error as { name?: string; code?: string };
  return {
    cause: `The check itself failed: ${code ?? name ?? 'for no reason that it told'}.`,
    remedy: 'Nobody foresaw this: please report it.',
  };
}
