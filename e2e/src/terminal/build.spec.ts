import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkspaceCopy } from '../harness/workspace.copy.js';

describe('npm run build', { timeout: 300_000 }, () => {
  let copy: WorkspaceCopy;
  beforeAll(() => {
    copy = new WorkspaceCopy();
  });
  afterAll(() => copy.remove());

  it('makes what the sources say, also of one put back with its old time, and keeps nothing of one that is gone', async () => {
    const source = join(copy.root, 'apps/articles/src/new.source.ts');
    const built = join(copy.root, 'apps/articles/dist/new.source.js');
    const build = async (): Promise<string> => {
      const { code, output } = await copy.run('npm run build');
      expect([code, code === 0 ? '' : output]).toEqual([0, '']);
      return existsSync(built) ? readFileSync(built, 'utf8') : 'not there';
    };
    const [first, second] = [randomUUID(), randomUUID()]; // No cache has seen them.

    writeFileSync(source, `export const text = '${first}';\n`);
    expect(await build()).toContain(first);
    writeFileSync(source, `export const text = '${second}';\n`);
    utimesSync(source, new Date(0), new Date(0));
    expect(await build()).toContain(second);
    rmSync(source);
    expect(await build()).toBe('not there');
  });
});
