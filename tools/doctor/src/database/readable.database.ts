import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DatabaseLocation } from '@gatehouse/service-kit';
import { Trouble } from '@gatehouse/workspace';
import type { ServiceSetup } from '../setup/setup.ts';

/** A row as the driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** A service's database, to look into: nothing here writes. */
export interface ReadableDatabase {
  rows(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** Milliseconds. */
const CONNECT_TIMEOUT = 3_000;

/** Whether a service keeps data of its own. */
export function hasDatabase({ described, built }: ServiceSetup): boolean {
  return built && described.has('DATABASE_URL');
}

/**
 * Opens a service's database; undefined where there is none yet, which the first start makes.
 *
 * @throws Trouble with what is wrong and the remedy, in the words of a start
 */
export async function openDatabaseOf(
  service: ServiceSetup,
  root: string,
): Promise<ReadableDatabase | undefined> {
  // Loaded here, since it is there only once it is built.
  const { databaseSentence, parseDatabaseUrl } = await import('@gatehouse/service-kit');
  const location = parseDatabaseUrl(service.setting('DATABASE_URL') ?? '');
  if (!location)
    throw new Trouble(
      'DATABASE_URL is no database URL. Set it to sqlite:<path> or mysql://user:password@host:port/schema.',
    );
  try {
    return await open(location, root);
  } catch (error) {
    throw new Trouble(
      databaseSentence(location, error) ?? 'The database cannot be opened. See what its own log says.',
      { cause: error },
    );
  }
}

/** All rows; none where the table does not exist yet. */
export async function rowsIfAny(database: ReadableDatabase, sql: string): Promise<Row[]> {
  try {
    return await database.rows(sql);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ER_NO_SUCH_TABLE' || message.startsWith('no such table')) return [];
    throw error;
  }
}

async function open(location: DatabaseLocation, root: string): Promise<ReadableDatabase | undefined> {
  return location.kind === 'sqlite' ? openSqlite(resolve(root, location.file)) : openMysql(location);
}

async function openSqlite(file: string): Promise<ReadableDatabase | undefined> {
  if (!existsSync(file)) return undefined;
  const { default: Sqlite } = await import('better-sqlite3');
  const database = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    database.prepare('SELECT COUNT(*) FROM sqlite_master').get(); // It is read no earlier than here.
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    rows: async (sql) => database.prepare(sql).all() as Row[],
    close: async () => void database.close(),
  };
}

async function openMysql({
  host,
  port,
  user,
  password,
  schema,
}: DatabaseLocation & { kind: 'mysql' }): Promise<ReadableDatabase> {
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({
    host,
    port,
    user,
    password,
    database: schema,
    connectTimeout: CONNECT_TIMEOUT,
  });
  return {
    rows: async (sql) => (await connection.query({ sql, timeout: CONNECT_TIMEOUT }))[0] as Row[],
    close: async () => connection.destroy(),
  };
}
