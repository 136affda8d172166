import { join } from 'node:path';
import { ROOT, runTool } from '@gatehouse/workspace';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compose } from './stack.js';

const KIT = ['-f', 'docker-compose.yml', '-f', join(import.meta.dirname, 'conformance.yml')];

beforeAll(async () => {
  const { ok, output } = await runTool('tsc', ['-b', 'libs/testing'], { cwd: ROOT, quiet: true });
  if (!ok) throw new Error(`the kit does not compile:\n${output}`);
  await compose(...KIT, 'up', '--detach', '--no-deps', 'articles');
});
afterAll(() => compose('up', '--detach', '--no-deps', '--wait', 'articles'));

it('articles conforms, through the gateway', { timeout: 180_000 }, async () => {
  const report = await compose(...KIT, 'run', '--rm', '--no-deps', '-T', 'conformance').catch(
    (failed: { stdout: string; stderr: string }) => failed.stdout + failed.stderr,
  );
  expect(report.match(/^- .*$/gm)).toBeNull();
  expect(report).toMatch(/^\d{3} passed, 0 failed, 0 lacking$/m);
});
