import { Unavailable } from '@gatehouse/contracts';
import { createConnection } from 'mysql2/promise';
import type { EntityManager } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testMysql, type TestDatabase } from '../testing/test.databases.js';
import type { Database } from './database.js';
import { openDatabase } from './database.opening.js';
import { CreateNotes1700000000000, Notes } from './notes.fixture.js';

describe.runIf(testMysql)('MySQL under contention', () => {
  const create = () => testMysql!.create();
  let home: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    home = await create();
    database = await openDatabase({
      url: home.url,
      entities: [Notes],
      migrations: [CreateNotes1700000000000],
    });
    await database.transaction(async (manager) => {
      for (const id of [1, 2])
        await manager.insert('note', { id, text: `note ${id}`, written_at: new Date() });
    });
  });

  afterEach(async () => {
    await database.dataSource.destroy();
    await home.drop();
  });

  const rename = (manager: EntityManager, id: number, text: string) =>
    manager.update('note', { id }, { text });
  const text = async (id: number) => (await database.manager.findOneByOrFail(Notes, { id })).text;

  it('runs the loser of a deadlock again', async () => {
    const bothHoldOne = Promise.withResolvers<void>();
    let holders = 0;
    let runs = 0;
    const cross = (first: number, second: number) =>
      database.transaction(async (manager) => {
        runs += 1;
        await rename(manager, first, `${first} by ${first}`);
        holders += 1;
        if (holders === 2) bothHoldOne.resolve();
        await bothHoldOne.promise;
        await rename(manager, second, `${second} by ${first}`);
      });
    await Promise.all([cross(1, 2), cross(2, 1)]);
    expect(runs).toBe(3);
  });

  it('tries again while another one holds the row, for as long as a caller waits', async () => {
    const holder = await createConnection(home.url);
    await holder.beginTransaction();
    await holder.query("UPDATE notes SET text = 'held' WHERE id = 1");
    let runs = 0;
    const began = performance.now();
    const waiting = database.transaction(async (manager) => {
      runs += 1;
      await rename(manager, 1, 'never');
    });
    await expect(waiting).rejects.toBeInstanceOf(Unavailable);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(runs).toBeGreaterThan(1);
    await holder.commit();
    await holder.end();
    expect(await text(1)).toBe('held');
  });

  it.each([
    ['a deadlock', 1213],
    ['a server that takes no writes', 1290],
  ])('tries three times more, then is unavailable: %s', async (_, errno) => {
    let runs = 0;
    const failing = database.transaction((manager) => {
      runs += 1;
      return manager.query(`SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = ${errno}`);
    });
    await expect(failing).rejects.toBeInstanceOf(Unavailable);
    expect(runs).toBe(4);
  });

  it('is unavailable when its connection is cut, and well again after', async () => {
    const cut = database.transaction(async (manager) => {
      await rename(manager, 1, 'half');
      await manager.query('KILL CONNECTION_ID()');
    });
    await expect(cut).rejects.toBeInstanceOf(Unavailable);
    expect(await text(1)).toBe('note 1');
    await database.transaction((manager) => rename(manager, 1, 'whole'));
    expect(await text(1)).toBe('whole');
  });

  it('treats the session alike on every connection', async () => {
    const rows = await Promise.all(
      Array.from({ length: 20 }, () =>
        database.manager.query('SELECT @@time_zone AS zone, @@innodb_lock_wait_timeout AS patience'),
      ),
    );
    for (const [row] of rows) expect(row).toEqual({ zone: '+00:00', patience: 1 });
  });
});
