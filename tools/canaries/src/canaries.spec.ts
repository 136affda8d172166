import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gatehouse/workspace';
import { describe, expect, it } from 'vitest';
import { CANARIES } from './canaries.ts';
import { changed } from './variant.ts';

const EDITS = CANARIES.flatMap(({ name, edits }) => edits.map((edit) => ({ name, edit, file: edit.file })));

describe('canaries', () => {
  it('have names of their own', () => {
    expect(new Set(CANARIES.map(({ name }) => name)).size).toBe(CANARIES.length);
  });

  it.each(EDITS)('change what is there: $name in $file', ({ edit }) => {
    const text = readFileSync(join(ROOT, edit.file), 'utf8');
    expect(changed(text, edit)).not.toBe(text);
  });

  it.each(CANARIES.filter(({ check }) => 'spec' in check))('are looked for by a spec: $name', ({ check }) => {
    expect('spec' in check && existsSync(join(ROOT, check.spec))).toBe(true);
  });

  it('do not change what is there twice, or not at all', () => {
    const edit = { file: 'a.ts', from: 'is', to: '' };
    expect(() => changed('this is it', edit)).toThrow('2 times');
    expect(() => changed('that', edit)).toThrow('0 times');
  });
});
