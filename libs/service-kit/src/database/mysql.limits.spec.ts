import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '@gatehouse/contracts';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CuttableProxy, openProxy } from '../testing/cuttable.proxy.fixture.js';
import { testMysql, type TestDatabase } from '../testing/test.databases.js';
import type { Database } from './database.js';
import { databaseUnavailability } from './database.errors.js';
import { openDatabase } from './database.opening.js';
import { CreateNotes1700000000000, Notes } from './notes.fixture.js';
import { rowsOf } from './statements.js';

const LONGEST_ANSWER = 2_000;
const POOL_SIZE = 10;

describe.runIf(testMysql)('what is asked of MySQL is over in time', () => {
  const create = () => testMysql!.create();
  let home: TestDatabase;
  let proxy: CuttableProxy;
  let database: Database;
  let observer: Connection;

  beforeEach(async () => {
    home = await create();
    const direct = new URL(home.url);
    proxy = await openProxy({ host: direct.hostname, port: Number(direct.port) });
    const url = new URL(home.url);
    url.port = String(proxy.port);
    database = await openDatabase({
      url: url.href,
      entities: [Notes],
      migrations: [CreateNotes1700000000000],
    });
    observer = await createConnection(home.url);
  });

  afterEach(async () => {
    proxy.resume();
    await database.dataSource.destroy();
    await proxy.cut();
    await observer.end();
    await home.drop();
  });

  const read = () => database.manager.query('SELECT 1 AS one');
  const write = (id: number) =>
    database.transaction((manager) =>
      manager.insert('note', { id, text: `note ${id}`, written_at: new Date() }),
    );
  const connections = async () => {
    const [rows] = await observer.query<RowDataPacket[]>(
      'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
    );
    return rows.length;
  };
  const timed = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    const outcome = await work().catch((error: unknown) => error);
    return { outcome, milliseconds: performance.now() - began };
  };

  it('a server that hangs refuses everybody, most of them at once, and serves again as soon as it goes on', async () => {
    await Promise.all([read(), write(1)]);
    proxy.pause();
    const first = await Promise.all(
      Array.from({ length: 50 }, (_, i) => timed(i % 2 ? read : () => write(100 + i))),
    );
    for (const { outcome, milliseconds } of first) {
      expect(databaseUnavailability(outcome) ?? outcome).toBeInstanceOf(Unavailable);
      expect(milliseconds).toBeLessThan(LONGEST_ANSWER);
    }
    const late = await Promise.all(Array.from({ length: 20 }, () => timed(read)));
    expect(late.filter(({ milliseconds }) => milliseconds < 100).length).toBeGreaterThanOrEqual(15);
    proxy.resume();
    await expect.poll(read, { timeout: 1_000, interval: 20 }).toEqual([{ one: 1 }]);
    await write(2);
    await expect.poll(connections, { timeout: 5_000 }).toBeLessThanOrEqual(POOL_SIZE);
  });

  it('what the server keeps prepared, or is about to, is given up as anything else', async () => {
    const prepared = () => rowsOf(database.manager, 'SELECT 2 AS two', []);
    await prepared();
    proxy.pause();
    const about = () => rowsOf(database.manager, 'SELECT 3 AS three', []);
    for (const { outcome, milliseconds } of await Promise.all([prepared, about].map(timed))) {
      expect(databaseUnavailability(outcome) ?? outcome).toBeInstanceOf(Unavailable);
      expect(milliseconds).toBeLessThan(LONGEST_ANSWER);
    }
    proxy.resume();
    await expect.poll(prepared, { timeout: 1_000, interval: 20 }).toEqual([{ two: 2 }]);
    expect(await about()).toEqual([{ three: 3 }]);
  });

  it('is undone when it hangs in the midst, and the connection comes to nobody else', async () => {
    const hanging = timed(() =>
      database.transaction(async (manager) => {
        await manager.insert('note', { id: 3, text: 'half', written_at: new Date() });
        proxy.pause();
        await manager.insert('note', { id: 4, text: 'other half', written_at: new Date() });
      }),
    );
    expect((await hanging).outcome).toBeInstanceOf(Unavailable);
    expect((await hanging).milliseconds).toBeLessThan(LONGEST_ANSWER);
    proxy.resume();
    await expect.poll(() => database.manager.count(Notes).catch(() => -1)).toBe(0);
  });

  it('a transaction of many slow statements is undone when its time is over', async () => {
    const slow = await timed(() =>
      database.transaction(async (manager) => {
        await manager.insert('note', { id: 5, text: 'slow', written_at: new Date() });
        for (let i = 0; i < 10; i += 1) await manager.query('SELECT SLEEP(0.4)');
      }),
    );
    expect(slow.outcome).toBeInstanceOf(Unavailable);
    expect(slow.milliseconds).toBeLessThan(LONGEST_ANSWER);
    await expect.poll(() => database.manager.count(Notes)).toBe(0);
  });

  it('the server itself gives up a statement that nobody waits for any more', async () => {
    const slow = await timed(() => database.manager.query('SELECT BENCHMARK(4000000000, MD5(1))'));
    expect(slow.milliseconds).toBeLessThan(LONGEST_ANSWER);
    await expect
      .poll(async () => {
        const [rows] = await observer.query<RowDataPacket[]>(
          "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND command = 'Query' AND id <> CONNECTION_ID()",
        );
        return rows.length;
      })
      .toBe(0);
  });

  it('sheds at once what finds the queue full, and more as soon as it is known to stand still', async () => {
    const slow = Array.from({ length: 2 * POOL_SIZE }, () =>
      timed(() => database.manager.query('SELECT SLEEP(0.7)')),
    );
    await pause(50);
    const crowd = await Promise.all(Array.from({ length: 300 }, () => timed(read)));
    for (const { outcome } of crowd) expect(databaseUnavailability(outcome)).toBeInstanceOf(Unavailable);
    expect(crowd.filter(({ milliseconds }) => milliseconds < 100).length).toBeGreaterThanOrEqual(100);
    const late = await Promise.all(Array.from({ length: 300 }, () => timed(read)));
    expect(late.filter(({ milliseconds }) => milliseconds < 100).length).toBeGreaterThanOrEqual(200);
    await Promise.all(slow);
    expect(await read()).toEqual([{ one: 1 }]);
  });
});
