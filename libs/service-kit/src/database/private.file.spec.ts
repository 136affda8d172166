import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from './database.js';
import { openDatabase } from './database.opening.js';
import { CreateNotes1700000000000, Notes } from './notes.fixture.js';

describe('the files of a SQLite database', () => {
  let folder: string;
  const open = (): Promise<Database> =>
    openDatabase({
      url: `sqlite:${join(folder, 'notes.sqlite')}`,
      entities: [Notes],
      migrations: [CreateNotes1700000000000],
    });
  const modes = async (): Promise<Record<string, string>> => {
    const names = (await readdir(folder)).filter((name) => /^notes\.sqlite(-wal|-shm)?$/.test(name)).sort();
    const found = names.map(async (name) => [name, (await stat(join(folder, name))).mode.toString(8)]);
    return Object.fromEntries(await Promise.all(found)) as Record<string, string>;
  };
  const ownersAlone = {
    'notes.sqlite': '100600',
    'notes.sqlite-shm': '100600',
    'notes.sqlite-wal': '100600',
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are for their owner alone', async () => {
    const database = await open();
    expect(await modes()).toEqual(ownersAlone);
    await database.close();
  });

  it('become so where they are there already', async () => {
    for (const name of Object.keys(ownersAlone)) {
      await writeFile(join(folder, name), '');
      await chmod(join(folder, name), 0o644);
    }
    const database = await open();
    expect(await modes()).toEqual(ownersAlone);
    await database.close();
  });
});
