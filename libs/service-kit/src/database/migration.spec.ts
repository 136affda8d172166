import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProcess } from '../testing/child.process.fixture.js';
import { testDatabases, type TestDatabase } from '../testing/test.databases.js';

describe.each(testDatabases())('migrations on $name', ({ create }) => {
  let home: TestDatabase;

  beforeEach(async () => {
    home = await create();
  });

  afterEach(() => home.drop());

  const start = (milliseconds: number) =>
    startProcess('./migrating.process.fixture.ts', import.meta.url, {
      DATABASE_URL: home.url,
      MIGRATION_PAUSE: String(milliseconds),
    });

  it('run once each when four processes start at once', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => start(200).ended));
    for (const { stdout, stderr, code } of outcomes) {
      expect(stderr).toBe('');
      expect(stdout).toBe('notes: 1\n');
      expect(code).toBe(0);
    }
  });

  it('are taken over from a process that was killed in their midst', async () => {
    const killed = start(60_000);
    await once(killed.process, 'message');
    await pause(500);
    killed.process.kill('SIGKILL');
    await killed.ended;
    expect(await start(0).ended).toMatchObject({ stdout: 'notes: 1\n', code: 0 });
  });
});
