import Sqlite from 'better-sqlite3';
import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm';
import { Database } from './database.js';
import { databaseUnavailability } from './database.errors.js';
import type { DatabaseOptions } from './database.options.js';
import { Mutex } from './mutex.js';

/** How long a statement waits for another process; it blocks this one, so not long. Milliseconds. */
const BUSY_TIMEOUT = 1_000;

/**
 * SQLite through two connections. TypeORM has one query runner for each, so two transactions on one connection would
 * become one: writes go one after the other through the writer, reads see what is committed through the reader.
 */
export class SqliteDatabase extends Database {
  private readonly turns = new Mutex();

  private constructor(
    readonly dataSource: DataSource,
    private readonly writer: DataSource,
  ) {
    super();
  }

  /** Opens both connections; the writer first, since it creates the file and migrates it. */
  static async open(file: string, options: DatabaseOptions): Promise<SqliteDatabase> {
    const writer = await new DataSource(
      connectionOptions(file, options, { driver: ImmediateSqlite }),
    ).initialize();
    try {
      await writer.runMigrations({ transaction: 'each' });
      const prepareDatabase = (connection: Sqlite.Database) => void connection.pragma('query_only = ON');
      const reader = await new DataSource(connectionOptions(file, options, { prepareDatabase })).initialize();
      return new SqliteDatabase(reader, writer);
    } catch (error) {
      await writer.destroy();
      throw error;
    }
  }

  override async transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await this.turns.run(() => this.writer.transaction(work));
    } catch (error) {
      throw databaseUnavailability(error) ?? error;
    }
  }

  override async close(): Promise<void> {
    await this.writer.destroy();
  }
}

/** TypeORM's `BEGIN` would take the write lock at the first write, when waiting for it is no longer possible. */
class ImmediateSqlite extends Sqlite {
  override prepare: Sqlite.Database['prepare'] = (sql: string) =>
    super.prepare(sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE TRANSACTION' : sql);
}

function connectionOptions(
  file: string,
  { entities, migrations }: DatabaseOptions,
  own: { driver?: unknown; prepareDatabase?: (connection: Sqlite.Database) => void },
): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    database: file,
    enableWAL: true,
    timeout: BUSY_TIMEOUT,
    driver: Sqlite,
    entities: [...entities],
    migrations: [...migrations],
    ...own,
  } as DataSourceOptions;
}
