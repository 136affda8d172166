import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { remember } from './remembered.files.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'gatehouse-'))));
afterEach(() => rmSync(root, { recursive: true }));

it('what a service would have changed is as it was: its files, and the link to it among the packages', () => {
  const at = (path: string) => join(root, path);
  const manifest = JSON.stringify({ name: '@gatehouse/orders' });
  mkdirSync(at('apps'));
  mkdirSync(at('node_modules/@gatehouse'), { recursive: true });
  writeFileSync(at('README.md'), 'before');

  const restore = remember(root, [
    { type: 'UPDATE', path: 'README.md', content: Buffer.from('after') },
    { type: 'CREATE', path: 'apps/orders/package.json', content: Buffer.from(manifest) },
  ]);
  writeFileSync(at('README.md'), 'after');
  mkdirSync(at('apps/orders/dist'), { recursive: true });
  writeFileSync(at('apps/orders/package.json'), manifest);
  symlinkSync('../../apps/orders', at('node_modules/@gatehouse/orders'));
  restore();

  expect(readFileSync(at('README.md'), 'utf8')).toBe('before');
  expect(existsSync(at('apps/orders'))).toBe(false);
  expect(lstatSync(at('node_modules/@gatehouse/orders'), { throwIfNoEntry: false })).toBeUndefined();
  expect(existsSync(at('node_modules/@gatehouse'))).toBe(true);
});
