import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '@gatehouse/contracts';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabases, type TestDatabase } from '../testing/test.databases.js';
import type { Database } from './database.js';
import { openDatabase } from './database.opening.js';
import { CreateNotes1700000000000, Notes } from './notes.fixture.js';

const LONGEST_ANSWER = 2_000;

describe('SQLite', () => {
  let home: TestDatabase;
  let database: Database;
  let other: Sqlite.Database;

  beforeEach(async () => {
    home = await testDatabases()[0]!.create();
    database = await openDatabase({
      url: home.url,
      entities: [Notes],
      migrations: [CreateNotes1700000000000],
    });
    other = new Sqlite(home.url.replace('sqlite:', ''));
  });

  afterEach(async () => {
    other.close();
    await database.dataSource.destroy();
    await database.close();
    await home.drop();
  });

  const write = (id: number) =>
    database.transaction((manager) => manager.insert('note', { id, text: `${id}`, written_at: new Date() }));

  it('commits to the disk, not to what would be lost with the power', async () => {
    const FULL = 2;
    const levelOf = () => database.transaction((manager) => manager.query('PRAGMA synchronous'));
    expect(await levelOf()).toEqual([{ synchronous: FULL }]);
  });

  it('refuses writes in time while another process holds the file, and does everything else meanwhile', async () => {
    other.exec('BEGIN EXCLUSIVE');
    const began = performance.now();
    const writes = Promise.allSettled(Array.from({ length: 20 }, (_, id) => write(id)));
    let longest = 0;
    for (let last = performance.now(); last - began < 1_000;) {
      expect(await database.manager.count(Notes)).toBe(0);
      await pause(1);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    for (const outcome of await writes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(Unavailable) });
    expect(performance.now() - began).toBeLessThan(LONGEST_ANSWER);
    expect(longest).toBeLessThan(200);
    other.exec('ROLLBACK');
    await write(1);
    expect(await database.manager.count(Notes)).toBe(1);
  });

  it('waits for one that is soon done', async () => {
    other.exec('BEGIN EXCLUSIVE');
    const written = write(1);
    await pause(200);
    other.exec('COMMIT');
    await written;
    expect(await database.manager.count(Notes)).toBe(1);
  });

  it('refuses at once what finds the queue full', async () => {
    other.exec('BEGIN EXCLUSIVE');
    const began = performance.now();
    const times: number[] = [];
    const crowd = Array.from({ length: 400 }, (_, id) =>
      write(id).catch(() => times.push(performance.now() - began)),
    );
    await Promise.all(crowd);
    expect(times.filter((time) => time < 500)).toHaveLength(400 - 201);
    expect(Math.max(...times)).toBeLessThan(LONGEST_ANSWER);
    other.exec('ROLLBACK');
    await write(1_000);
  });
});
