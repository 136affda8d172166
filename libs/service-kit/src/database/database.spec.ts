import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '@gatehouse/contracts';
import type { EntityManager } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabases, type TestDatabase } from '../testing/test.databases.js';
import type { Database } from './database.js';
import { isUniqueViolation } from './database.errors.js';
import { openDatabase } from './database.opening.js';
import { CreateNotes1700000000000, Notes, type Note } from './notes.fixture.js';

const WRITTEN = new Date('2026-06-04T03:04:25.997Z');

describe.each(testDatabases())('a database on $name', ({ name, create }) => {
  let home: TestDatabase;
  let database: Database;
  const opened: Database[] = [];

  const open = async () => {
    const another = await openDatabase({
      url: home.url,
      entities: [Notes],
      migrations: [CreateNotes1700000000000],
    });
    opened.push(another);
    return another;
  };
  const write = (manager: EntityManager, id: number, text = `note ${id}`) =>
    manager.insert<Note>('note', { id, text, written_at: WRITTEN });
  const ids = async (from = database) =>
    (await from.manager.find<Note>('note', { order: { id: 'ASC' } })).map(({ id }) => id);

  beforeEach(async () => {
    home = await create();
    database = await open();
  });

  afterEach(async () => {
    for (const each of opened.splice(0)) {
      await each.dataSource.destroy();
      await each.close();
    }
    await home.drop();
  });

  it('commits all of a transaction', async () => {
    const given = await database.transaction(async (manager) => {
      await write(manager, 1);
      await write(manager, 2);
      return 'done';
    });
    expect(given).toBe('done');
    expect(await ids()).toEqual([1, 2]);
  });

  it('commits nothing of a transaction that throws, and passes its error on', async () => {
    const failing = database.transaction(async (manager) => {
      await write(manager, 1);
      throw new Error('the rule said no');
    });
    await expect(failing).rejects.toThrow('the rule said no');
    expect(await ids()).toEqual([]);
  });

  it('keeps two transactions apart that run at the same time', async () => {
    const slow = database.transaction(async (manager) => {
      await write(manager, 1);
      await pause(50);
      throw new Error('rolled back');
    });
    const quick = database.transaction((manager) => write(manager, 2));
    await expect(slow).rejects.toThrow('rolled back');
    await quick;
    expect(await ids()).toEqual([2]);
  });

  it('shows readers nothing that is not committed', async () => {
    await database.transaction(async (manager) => {
      await write(manager, 1);
      expect(await ids()).toEqual([]);
      expect(await manager.count('note')).toBe(1);
    });
    expect(await ids()).toEqual([1]);
  });

  it('takes nested saves into the transaction they are made in', async () => {
    const failing = database.transaction(async (manager) => {
      await manager.save('note', { id: 1, text: 'saved', written_at: WRITTEN });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await ids()).toEqual([]);
  });

  it('lets nothing that a failed transaction has left running into the next one', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const failing = database.transaction(async (manager) => {
      late = pause(50).then(() => write(manager, 1));
      late.catch(() => undefined);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await database.transaction(async (manager) => {
      await write(manager, 2);
      await expect(late).rejects.toThrow('released');
    });
    expect(await ids()).toEqual([2]);
  });

  it('undoes all of two statements at once, of which one fails', async () => {
    await database.transaction((manager) => write(manager, 2));
    const both = database.transaction((manager) =>
      Promise.all([write(manager, 2), write(manager, 3), write(manager, 4).then(() => write(manager, 5))]),
    );
    expect(isUniqueViolation(await both.catch((error: unknown) => error))).toBe(true);
    await pause(20);
    expect(await ids()).toEqual([2]);
  });

  it('commits a statement by itself, or nothing of it', async () => {
    expect(await database.statement((manager) => write(manager, 1).then(() => 'done'))).toBe('done');
    await expect(database.statement((manager) => write(manager, 1))).rejects.toSatisfy(isUniqueViolation);
    expect(await ids()).toEqual([1]);
  });

  it('refuses a second statement where one was announced', async () => {
    const two = database.statement(async (manager) => {
      await write(manager, 1);
      await write(manager, 2);
    });
    await expect(two).rejects.toThrow('needs a transaction');
    expect(await ids()).not.toContain(2);
    await expect(
      database.transaction(() => database.statement((manager) => write(manager, 3))),
    ).rejects.toThrow('open already');
  });

  it('refuses a transaction within a transaction', async () => {
    const nested = database.transaction(() => database.transaction((manager) => write(manager, 1)));
    await expect(nested).rejects.toThrow('A transaction is open already');
    await database.transaction((manager) => write(manager, 2));
    expect(await ids()).toEqual([2]);
  });

  it('loses none of many transactions at once', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
    await Promise.all(numbers.map((id) => database.transaction((manager) => write(manager, id))));
    expect(await ids()).toEqual(numbers);
  });

  it('lets one of many take what is there once', async () => {
    await database.transaction((manager) => write(manager, 1, 'unspent'));
    const takes = Array.from({ length: 30 }, () =>
      database.transaction((manager) =>
        manager.update('note', { id: 1, text: 'unspent' }, { text: 'spent' }),
      ),
    );
    const won = (await Promise.all(takes)).filter(({ affected }) => affected === 1);
    expect(won).toHaveLength(1);
  });

  it('keeps milliseconds, in UTC', async () => {
    await database.transaction((manager) => write(manager, 1));
    const note = await database.manager.findOneByOrFail<Note>('note', { id: 1 });
    expect(note.written_at.toISOString()).toBe('2026-06-04T03:04:25.997Z');
  });

  it('tells a value that is taken from other failures', async () => {
    await database.transaction((manager) => write(manager, 1, 'same'));
    const error = await database
      .transaction((manager) => write(manager, 2, 'same'))
      .catch((thrown: unknown) => thrown);
    expect(isUniqueViolation(error)).toBe(true);
    expect(error).not.toBeInstanceOf(Unavailable);
  });

  it('takes texts that differ in case for different ones', async () => {
    await database.transaction(async (manager) => {
      await write(manager, 1, 'Note');
      await write(manager, 2, 'note');
    });
    expect(await database.manager.countBy('note', { text: 'note' })).toBe(1);
  });

  it('keeps what it holds when it is opened again, and by two at once', async () => {
    await database.transaction((manager) => write(manager, 1));
    const [one, two] = await Promise.all([open(), open()]);
    expect(await ids(one)).toEqual([1]);
    await two.transaction((manager) => write(manager, 2));
    expect(await ids(one)).toEqual([1, 2]);
  });

  it.runIf(name === 'sqlite')('refuses writes outside of a transaction', async () => {
    await expect(write(database.manager, 1)).rejects.toThrow('readonly');
  });

  it.runIf(name === 'sqlite')(
    'is unavailable while the disk is full, loses nothing, and recovers',
    async () => {
      await database.transaction(async (manager) => {
        await write(manager, 1);
        await manager.query('PRAGMA max_page_count = 1');
      });
      const fill = () =>
        database.transaction(async (manager) => {
          for (let id = 100; id < 400; id += 1) await write(manager, id, `${id}`.repeat(60));
        });
      await expect(fill()).rejects.toBeInstanceOf(Unavailable);
      await expect(fill()).rejects.toBeInstanceOf(Unavailable);
      expect(await ids()).toEqual([1]);
      await database.transaction((manager) => manager.query('PRAGMA max_page_count = 100000'));
      await database.transaction((manager) => write(manager, 2));
      expect(await ids()).toEqual([1, 2]);
    },
  );
});
