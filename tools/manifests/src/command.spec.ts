import { afterEach, expect, it, vi } from 'vitest';
import { manifests } from './command.ts';

afterEach(() => void vi.restoreAllMocks());

/** The exit code, and all that was said. */
async function run(...args: string[]): Promise<[number, string]> {
  const said = (['log', 'error'] as const).map((name) => vi.spyOn(console, name).mockReturnValue(undefined));
  const code = await manifests(args);
  return [code, said.flatMap((spy) => spy.mock.calls.map(([text]) => String(text))).join('\n')];
}

it('tells how it is used', async () => {
  expect(await run('--help')).toEqual([0, expect.stringMatching(/^npm run manifests /)]);
});

it.each([
  [['deploy/nowhere'], 'There is no deploy/nowhere/kustomization.yaml'],
  [['--all'], "'--all'"],
  [['a', 'b'], 'One folder at a time.'],
])('refuses %j with a sentence, and tells how it is used', async (args, sentence) => {
  const [code, said] = await run(...args);
  expect([code, said]).toEqual([2, expect.stringContaining(sentence)]);
  expect(said).toContain('npm run manifests -- <folder>');
});

it('prints the resources of a folder', async () => {
  const [code, said] = await run('deploy/kubernetes/overlays/managed-mysql');
  expect([code, said]).toEqual([0, expect.stringContaining('kind: Deployment')]);
});
