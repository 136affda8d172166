import { writeFile } from 'node:fs/promises';
import { type TestDatabase, testDatabases } from '@gatehouse/service-kit/testing';
import { freePort } from '@gatehouse/workspace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runApp, type Running } from '../harness/workspace.command.js';

const sqlite = testDatabases()[0]!;

describe('a service that cannot start', () => {
  let database: TestDatabase;
  let usual: Record<string, string>;
  /** Runs articles, which is to fail at once, and gives its last words. */
  const lastWords = async (env: Record<string, string>, limits = '') => {
    const began = performance.now();
    const running = runApp('articles', { ...usual, ...env }, limits);
    expect(await endOf(running)).toBe(1);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(running.output).not.toMatch(/^ +at .+:\d+:\d+/m);
    return running.output;
  };

  beforeEach(async () => {
    database = await sqlite.create();
    usual = { PORT: String(await freePort()), DATABASE_URL: database.url };
  });
  afterEach(() => database.drop());

  it('names the port that is in use', async () => {
    const first = runApp('articles', { ...usual, LOG_LEVEL: 'info' });
    await expect.poll(() => portIsTaken(Number(usual['PORT'])), { timeout: 10_000 }).toBe(true);
    expect(await lastWords({})).toMatch(new RegExp(`Port ${usual['PORT']} .*is in use.*set PORT`, 's'));
    first.signal('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it('names every setting that is wrong at once, and no value', async () => {
    const words = await lastWords({
      PORT: 'no-port',
      LOG_LEVEL: 'loud',
      ISSUER: 'ftp://secret.example',
      SHUTDOWN_TIMEOUT: 'soon',
    });
    for (const name of ['PORT', 'LOG_LEVEL', 'ISSUER', 'SHUTDOWN_TIMEOUT']) expect(words).toContain(name);
    for (const value of ['no-port', 'loud', 'secret.example', 'soon']) expect(words).not.toContain(value);
  });

  it('takes no default secret in production', async () => {
    const words = await lastWords({ NODE_ENV: 'production' });
    for (const name of ['ISSUER', 'CLIENT_SECRET']) expect(words).toContain(name);
    expect(words).not.toContain('consumer-secret-for-development');
  });

  it('says that no database answers', async () => {
    const url = `mysql://root:hidden-password@127.0.0.1:${await freePort()}/articles`;
    const words = await lastWords({ DATABASE_URL: url });
    expect(words).toMatch(/No database answers at 127\.0\.0\.1:\d+/);
    expect(words).not.toContain('hidden-password');
  });

  it('says that the file is no database', async () => {
    await writeFile(database.url.slice('sqlite:'.length), 'this is no database '.repeat(100));
    expect(await lastWords({})).toContain('is not a sound SQLite database');
  });

  it('says that there is no room for the database', async () => {
    expect(await lastWords({}, 'ulimit -f 1')).toMatch(/no room.*Free some space/s);
  });
});

async function endOf(running: Running): Promise<number | null> {
  const patience = setTimeout(() => running.signal('SIGKILL'), 10_000);
  const code = await running.ended;
  clearTimeout(patience);
  return code;
}

async function portIsTaken(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health/live`).then(
    (answer) => answer.ok,
    () => false,
  );
}
