import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { startProcess } from '../testing/child.process.fixture.js';
import { testDatabases } from '../testing/test.databases.js';

/** Writes to a file in a process of its own, kills it, and looks at what is left. */
async function killed(): Promise<{ acknowledged: number[]; kept: number[] }> {
  const home = await testDatabases()[0]!.create();
  const acknowledged: number[] = [];
  const writing = startProcess('./writing.process.fixture.ts', import.meta.url, { DATABASE_URL: home.url });
  writing.process.on('message', (id) => acknowledged.push(id as number));
  await Promise.race([once(writing.process, 'message'), writing.ended]);
  await pause(Math.random() * 100);
  writing.process.kill('SIGKILL');
  await writing.ended;
  const file = new Sqlite(home.url.replace('sqlite:', ''));
  const kept = file.prepare('SELECT id FROM notes').pluck().all() as number[];
  file.close();
  await home.drop();
  return { acknowledged, kept };
}

it('loses nothing on SQLite that was acknowledged, and keeps nothing half done, when the process is killed', async () => {
  for (const { acknowledged, kept } of await Promise.all([killed(), killed(), killed(), killed()])) {
    const ids = new Set(kept);
    expect(ids).toEqual(new Set(kept.map((id) => -id)));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);
  }
}, 60_000);
