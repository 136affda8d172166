import { join } from 'node:path';
import { type TestDatabase, testDatabases } from '@gatehouse/service-kit/testing';
import { findApps, ROOT } from '@gatehouse/workspace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../harness/chromium.js';
import { privatePlaces, Running } from '../harness/workspace.command.js';
import { RealTerminal } from './real.terminal.js';
import { takeScreenshot } from './screenshot.js';

const sqlite = testDatabases()[0]!;
const CTRL_C = '\u0003';
const ESCAPE = '\u001b';

describe('npm start on a screen', () => {
  let databases: TestDatabase[];
  let places: Record<string, string>;

  beforeEach(async () => {
    databases = await Promise.all(findApps().map(() => sqlite.create()));
    places = await privatePlaces(databases);
  });
  afterEach(() => Promise.all(databases.map((database) => database.drop())));

  it('fills one table in place, and leaves it with what to try', async () => {
    const terminal = new RealTerminal('npm start', places);
    const seen = new Set<string>();
    terminal.screen.onWriteParsed(() => {
      for (const line of terminal.lines)
        for (const [state] of line.matchAll(/\b(starting|listening|ready)\b/g)) seen.add(state);
    });
    await expect.poll(() => terminal.lines.join('\n'), { timeout: 50_000 }).toContain('Ctrl-C');
    const { lines } = terminal;
    for (const { name } of findApps()) {
      const rows = lines.filter((line) => line.startsWith(`  ${name} `));
      expect(rows).toEqual([
        expect.stringMatching(new RegExp(`${places[`${name.toUpperCase()}_PORT`]} +ready +http`)) as string,
      ]);
    }
    expect([...seen].toSorted()).toEqual(['listening', 'ready', 'starting']);
    const chromium = findChromium();
    if (chromium)
      await takeScreenshot(terminal.screen, chromium, join(ROOT, '.data/screenshots/npm-start.png'));
    terminal.type(CTRL_C);
    await terminal.ended;
  });

  it.each([
    ['where there is no terminal', {}],
    ['where colours are not wanted', { NO_COLOR: '1' }],
  ])('writes plain text %s', async (_, env) => {
    const running = new Running('npm', ['start'], { ...places, ...env });
    await expect.poll(() => running.output, { timeout: 50_000 }).toContain('Ctrl-C');
    expect(running.output).not.toContain(ESCAPE);
    running.signal('SIGTERM');
    await running.ended;
  });

  it('has colours without a terminal where they are forced', async () => {
    const running = new Running('npm', ['start'], { ...places, FORCE_COLOR: '1', NO_COLOR: undefined });
    await expect.poll(() => running.output, { timeout: 50_000 }).toContain('Ctrl-C');
    expect(running.output).toContain(`${ESCAPE}[32mready${ESCAPE}[39m`);
    running.signal('SIGTERM');
    await running.ended;
  });

  it('says one line of JSON to a script', async () => {
    const running = new Running('npm', ['start', '--silent', '--', '--json'], places);
    const line = () => running.output.split('\n').find((each) => each.startsWith('{'));
    await expect.poll(line, { timeout: 50_000 }).toBeDefined();
    const { services } = JSON.parse(line()!) as { services: { name: string; port: number; state: string }[] };
    expect(services.map(({ name, state }) => `${name} ${state}`)).toEqual(
      findApps().map(({ name }) => `${name} ready`),
    );
    running.signal('SIGTERM');
    await running.ended;
  });
});
