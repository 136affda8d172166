import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../workspace/apps.ts';
import { buildStamp } from './build.stamp.ts';

describe('the stamp of what an app runs', () => {
  let root: string;
  const write = (path: string, content: object | string, seconds = 1) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
    utimesSync(join(root, path), seconds, seconds);
  };
  const stamp = () => buildStamp({ directory: join(root, 'apps/articles') } as App, root);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'gatehouse-stamp-'));
    write('apps/articles/package.json', { dependencies: { '@gatehouse/access': '1', rxjs: '7' } });
    write('libs/access/package.json', { dependencies: { '@gatehouse/tokens': '1' } });
    write('libs/tokens/package.json', {});
    write('libs/other/package.json', {});
    for (const folder of ['apps/articles', 'libs/access', 'libs/tokens', 'libs/other'])
      write(`${folder}/dist/a.js`, '');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each(['apps/articles', 'libs/access', 'libs/tokens'])('moves when %s is built anew', (folder) => {
    const before = stamp();
    write(`${folder}/dist/deep/b.js`, '', 2);
    expect(stamp()).not.toBe(before);
  });

  it.each(['libs/other/dist/a.js', 'libs/access/dist/a.d.ts', 'libs/access/src/a.ts'])(
    'stays when %s changes',
    (path) => {
      const before = stamp();
      write(path, '', 2);
      expect(stamp()).toBe(before);
    },
  );
});
