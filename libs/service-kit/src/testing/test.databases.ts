import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

/** A database of one test's own. */
export interface TestDatabase {
  /** To be used as `DATABASE_URL`. */
  url: string;
  /** Deletes it; close whatever uses it first. */
  drop(): Promise<void>;
}

/** One of the databases that a store has to work with. */
export interface TestDatabaseKind {
  name: 'sqlite' | 'mysql';
  create: () => Promise<TestDatabase>;
}

/**
 * What store contracts run on: SQLite, and MySQL or MariaDB where `TEST_MYSQL_URL` names a server.
 *
 * @example
 * describe.each(testDatabases())('articles on $name', ({ create }) => { … });
 */
export function testDatabases(): TestDatabaseKind[] {
  const server = process.env['TEST_MYSQL_URL'];
  const sqlite: TestDatabaseKind = { name: 'sqlite', create: createSqlite };
  return server ? [sqlite, { name: 'mysql', create: () => createSchema(server) }] : [sqlite];
}

/** The MySQL of {@link testDatabases}, for what holds there alone; undefined where there is none. */
export const testMysql = testDatabases().find(({ name }) => name === 'mysql');

async function createSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  return {
    url: `sqlite:${join(folder, 'test.sqlite')}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function createSchema(server: string): Promise<TestDatabase> {
  const schema = `test_${randomBytes(8).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${schema}`);
  const url = new URL(server);
  url.pathname = `/${schema}`;
  return { url: url.href, drop: () => execute(server, `DROP DATABASE ${schema}`) };
}

async function execute(server: string, sql: string): Promise<void> {
  const connection = await createConnection(server);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
