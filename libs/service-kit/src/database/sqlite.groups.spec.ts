import { setImmediate as turnOver } from 'node:timers/promises';
import { Unavailable } from '@gatehouse/contracts';
import Sqlite from 'better-sqlite3';
import type { EntityManager, EntitySubscriberInterface } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testDatabases, type TestDatabase } from '../testing/test.databases.js';
import { currentRequest, type RequestContext, withinRequest } from '../http/request.context.js';
import type { Database } from './database.js';
import { isUniqueViolation } from './database.errors.js';
import { openDatabase } from './database.opening.js';
import { CreateNotes1700000000000, Notes, type Note } from './notes.fixture.js';

const MOST_AT_ONCE = 100;
/** Milliseconds. */
const LONGEST_GROUP = 10;
const LONGEST_ANSWER = 2_000;

describe('transactions on SQLite that come at the same time', () => {
  let home: TestDatabase;
  let database: Database;
  let other: Sqlite.Database;

  beforeEach(async () => {
    // However slow this machine is, nothing takes any time by the clock.
    vi.useFakeTimers({ toFake: ['performance'] });
    home = await testDatabases()[0]!.create();
    database = await openDatabase({
      url: home.url,
      entities: [Notes],
      migrations: [CreateNotes1700000000000],
    });
    other = new Sqlite(home.url.replace('sqlite:', ''));
  });

  afterEach(async () => {
    vi.useRealTimers();
    other.close();
    await database.dataSource.destroy();
    await database.close();
    await home.drop();
  });

  const insert = (manager: EntityManager, id: number, text = `note ${id}`) =>
    manager.insert<Note>('note', { id, text, written_at: new Date() });
  const write = (id: number, text?: string) =>
    database.transaction((manager) => insert(manager, id, text).then(() => id));
  /** What is committed. */
  const ids = () => other.prepare('SELECT id FROM notes ORDER BY id').pluck().all();
  /** Makes the commit fail, though each of its statements goes well. */
  const spoil = async (manager: EntityManager) => {
    await manager.query(
      'CREATE TABLE pages (note_id int REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED)',
    );
    await manager.query('INSERT INTO pages VALUES (99)');
  };

  it('are committed together, in the order in which they came', async () => {
    const seen: unknown[] = [];
    const works = [3, 1, 2].map(async (id) => {
      // By callbacks of their own, as requests come.
      await turnOver();
      await database.transaction(async (manager) => {
        seen.push({ id, written: await manager.count('note'), committed: ids() });
        await insert(manager, id);
      });
    });
    await Promise.all(works);
    expect(seen).toEqual([
      { id: 3, written: 0, committed: [] },
      { id: 1, written: 1, committed: [] },
      { id: 2, written: 2, committed: [] },
    ]);
    expect(ids()).toEqual([1, 2, 3]);
  });

  it('are told of their commit when everybody can see it, and not before', async () => {
    const told = Array.from({ length: 30 }, async (_, id) => {
      await write(id);
      expect(ids()).toContain(id);
    });
    await Promise.all(told);
  });

  it('are undone by themselves where they fail', async () => {
    const failing = database.transaction(async (manager) => {
      await insert(manager, 2);
      throw new Error('the rule said no');
    });
    const outcomes = await Promise.allSettled([write(1), failing, write(1), write(3)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    await expect(failing).rejects.toThrow('the rule said no');
    expect(isUniqueViolation((outcomes[2] as PromiseRejectedResult).reason)).toBe(true);
    expect(ids()).toEqual([1, 3]);
  });

  it('all fail where the commit does, also those that had failed for what is now undone', async () => {
    const outcomes = await Promise.allSettled([write(1), write(2, 'note 1'), database.transaction(spoil)]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(Unavailable) });
    expect(ids()).toEqual([]);
    await write(2, 'note 1');
    expect(ids()).toEqual([2]);
  });

  it('are kept or refused, each of them whole, when the disk is full in their midst', async () => {
    await database.transaction((manager) => manager.query('PRAGMA max_page_count = 20'));
    const fill = database.transaction(async (manager) => {
      for (let id = 100; id < 900; id += 1) await insert(manager, id, `${id}`.repeat(60));
      return 100;
    });
    const works = [write(1), write(2), fill, write(3), write(4)];
    const outcomes = await Promise.allSettled(works);
    expect(outcomes[2]).toMatchObject({ status: 'rejected', reason: expect.any(Unavailable) });
    expect(ids()).toEqual(outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
    await database.transaction((manager) => manager.query('PRAGMA max_page_count = 100000'));
    await write(5);
    expect(ids()).toContain(5);
  });

  it('are known to subscribers as committed once they are, and never where they are not', async () => {
    const heard: unknown[] = [];
    const subscriber: EntitySubscriberInterface = { afterTransactionCommit: () => void heard.push(ids()) };
    await database.transaction(
      async ({ dataSource }) => void (dataSource.subscribers as object[]).push(subscriber),
    );
    heard.length = 0;
    await Promise.allSettled([write(1), write(1), write(2)]);
    expect(heard).toEqual([
      [1, 2],
      [1, 2],
    ]);
    await Promise.allSettled([write(3), database.transaction(spoil)]);
    expect(heard).toHaveLength(2);
  });

  it.each([
    { bound: 'so many others', many: MOST_AT_ONCE, takes: 0 },
    { bound: 'so many others as can be waited for', many: 4, takes: LONGEST_GROUP / 3.5 },
  ])('share a commit with $bound, and no more', async ({ many, takes }) => {
    const committed: number[] = [];
    const works = Array.from({ length: many + 1 }, (_, id) =>
      database.transaction(async (manager) => {
        committed.push(ids().length);
        await insert(manager, id);
        vi.advanceTimersByTime(takes);
      }),
    );
    await Promise.all(works);
    expect(committed).toEqual([...Array.from({ length: many }, () => 0), many]);
  });

  it('are not held up by one in their midst that waits for something else; it is done again', async () => {
    const gate = Promise.withResolvers<void>();
    const before = write(1);
    const waiting = database.transaction(async (manager) => {
      await insert(manager, 2);
      await gate.promise;
      await insert(manager, 3);
    });
    const begun = Date.now();
    await Promise.all([before, write(4)]);
    expect(Date.now() - begun).toBeLessThan(1_000);
    expect(ids()).toEqual([1, 4]);
    gate.resolve();
    await waiting;
    expect(ids()).toEqual([1, 2, 3, 4]);
  });

  it('are refused in time behind one that does not end, and nothing of that one stays', async () => {
    vi.useRealTimers();
    const gate = Promise.withResolvers<void>();
    const hanging = database.transaction(async (manager) => {
      await insert(manager, 1);
      await gate.promise;
    });
    const begun = performance.now();
    for (const outcome of await Promise.allSettled([write(2), write(3)]))
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(Unavailable) });
    expect(performance.now() - begun).toBeLessThan(LONGEST_ANSWER);
    await write(4);
    gate.resolve();
    await expect(hanging).rejects.toBeInstanceOf(Unavailable);
    expect(ids()).toEqual([4]);
  });

  it('are each done in the course of their own request', async () => {
    const inRequest = (requestId: string, id: number) =>
      withinRequest({ requestId, begunAt: performance.now() } as RequestContext, () =>
        database.transaction(async (manager) => {
          await insert(manager, id);
          return currentRequest()?.requestId;
        }),
      );
    expect(await Promise.all([inRequest('one', 1), inRequest('two', 2)])).toEqual(['one', 'two']);
  });

  it('take no statement that one of them comes with after its end', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const leaving = database.transaction(async (manager) => {
      late = (async () => {
        for (let id = 100; id < 120; id += 1) await insert(manager, id);
      })();
      late.catch(() => undefined);
    });
    const next = database.transaction(async (manager) => {
      const before = await manager.count('note');
      await insert(manager, 1);
      await expect(late).rejects.toThrow('released');
      expect(await manager.count('note')).toBe(before + 1);
    });
    await Promise.all([leaving, next]);
  });
});
