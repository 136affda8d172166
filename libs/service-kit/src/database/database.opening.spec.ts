import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartFailure } from '../config/start.failure.js';
import { testDatabases } from '../testing/test.databases.js';
import { openDatabase } from './database.opening.js';
import { CreateNotes1700000000000, Notes } from './notes.fixture.js';

const open = (url: string) =>
  openDatabase({ url, entities: [Notes], migrations: [CreateNotes1700000000000] }).catch(
    (error: unknown) => error,
  );

describe('a database that cannot be opened', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each([
    [
      'an address where nobody answers',
      'mysql://root@127.0.0.1:9/articles',
      'No database answers at 127.0.0.1:9. Start it',
    ],
    [
      'a host that does not exist',
      'mysql://root@nowhere.invalid/articles',
      'nowhere.invalid. Correct DATABASE_URL.',
    ],
    ['no database URL', 'postgres://localhost/articles', 'Set it to sqlite:<path> or mysql://user:password@'],
  ])('says so in one sentence with the remedy: %s', async (_, url, sentence) => {
    const error = await open(url);
    expect(error).toBeInstanceOf(StartFailure);
    expect((error as Error).message).toContain(sentence);
  });

  it('says that a file is no database', async () => {
    const file = join(folder, 'notes.txt');
    await writeFile(file, 'This is not a database at all. '.repeat(100));
    expect(await open(`sqlite:${file}`)).toMatchObject({
      name: 'StartFailure',
      message: `${file} is not a sound SQLite database. Restore it from a backup, or set DATABASE_URL to another place.`,
    });
  });

  it('says that a path is unusable', async () => {
    await writeFile(join(folder, 'file'), '');
    const error = await open(`sqlite:${join(folder, 'file', 'articles.sqlite')}`);
    expect(error).toBeInstanceOf(StartFailure);
    expect((error as Error).message).toContain('cannot be opened or written');
    await chmod(folder, 0o700);
    expect(await open(`sqlite:${folder}`)).toBeInstanceOf(StartFailure);
  });

  it.each(testDatabases().filter(({ name }) => name === 'mysql'))(
    'names the schema or the user that $name does not know, and never the password',
    async ({ create }) => {
      const home = await create();
      const unknown = await open(`${home.url}_gone`);
      expect((unknown as Error).message).toContain('Create it (CREATE DATABASE');
      const stranger = new URL(home.url);
      stranger.username = 'stranger';
      stranger.password = 'tell-nobody';
      const refused = (await open(stranger.href)) as Error;
      expect(refused.message).toContain('refuses the user stranger');
      expect(refused.message).not.toContain('tell-nobody');
      await home.drop();
    },
  );
});
