import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gatehouse/workspace';
import { describe, expect, it } from 'vitest';

const PAGE = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const FAULTS = readFileSync(join(ROOT, 'tools/faults/src/faults.ts'), 'utf8');

/** A test as the page names it: its file, and what it or its suite is called. */
const TESTS = [...PAGE.matchAll(/`(\S+\.spec\.ts)` › (.+?)(?=\s*[|;]|\. |$)/gm)].map(
  ([, file = '', title = '']) => ({ file, title: title.replaceAll('`', '') }),
);
const COMMANDS = [...PAGE.matchAll(/`npm run faults -- ([a-z-]+)`/g)].map(([, name]) => ({ name }));

describe('docs/security.md', () => {
  it('names many tests, and every row of the faults', () => {
    expect(TESTS.length).toBeGreaterThan(70);
    expect(COMMANDS.length).toBeGreaterThan(20);
  });

  it.each(TESTS)('names a test that is there: $file › $title', ({ file, title }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(title);
  });

  it.each(COMMANDS)('names a fault that is there: $name', ({ name }) => {
    expect(FAULTS).toMatch(new RegExp(`^  '?${name}'?: \\{`, 'm'));
  });
});
