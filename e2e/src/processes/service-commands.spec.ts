import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { findApps } from '@gatehouse/workspace';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);

/** Runs a command of a built app's main, and gives what it printed. */
async function command(name: string, words: string, env: Record<string, string> = {}): Promise<string> {
  const { main } = findApps().find((app) => app.name === name)!;
  const { stdout } = await run(process.execPath, [main, ...words.split(' ')], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...env },
  });
  return stdout;
}

describe('a main that is given a command', () => {
  it('tells its settings, even where they are wrong', async () => {
    const settings = await command('articles', 'settings', { PORT: 'none' });
    for (const name of ['PORT', 'ISSUER', 'DATABASE_URL'])
      expect(settings).toMatch(new RegExp(`^(# )?${name}=`, 'm'));
  });

  it('says whether its settings are sound, and touches nothing', async () => {
    expect(await command('articles', 'check')).toBe('articles: the settings are sound\n');
    await expect(command('articles', 'check', { PORT: 'none' })).rejects.toThrow('PORT must be');
  });

  it.each(testDatabases())('migrates and seeds on $name, as often as one likes', async ({ create }) => {
    for (const name of ['identity', 'articles']) {
      const database = await create();
      for (const each of ['migrate', 'seed', 'seed']) {
        const words = await command(name, each, { DATABASE_URL: database.url });
        expect(words).toContain(`${name}: the database is up to date`);
      }
      await database.drop();
    }
  });

  it.each(testDatabases())(
    'rotates the signing key on $name, by a command of identity’s own',
    async ({ create }) => {
      const database = await create();
      const words = await command('identity', 'keys rotate', { DATABASE_URL: database.url });
      await database.drop();
      expect(words).toContain('The next signing key was chosen.');
    },
  );

  it('says when there is none of that name', async () => {
    await expect(command('articles', 'nonsense')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("unknown command 'nonsense'"),
    });
  });
});
