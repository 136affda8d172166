import { Unavailable } from '@gatehouse/contracts';
import Sqlite from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { Database, type DatabaseLoad, type TransactionWork } from './database.js';
import { databaseUnavailability } from './database.errors.js';
import type { DatabaseOptions } from './database.options.js';
import { QuerySpans } from '../tracing/query.spans.js';
import { Mutex } from './mutex.js';
import { waitForOthers } from './patient.runner.js';
import { sealedTransaction } from './sealed.transaction.js';
import { withMigrationLock } from './sqlite.migration-lock.js';
import { timeLeft } from './time.left.js';

/** How long a start waits for another process, and does nothing else meanwhile. Milliseconds. */
const START_PATIENCE = 1_000;
/** How long a request waits for another process, or for its turn to write. Milliseconds. */
const PATIENCE = 1_500;
/** How many may wait for their turn to write; more are refused at once. */
const QUEUE_LIMIT = 200;

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

  /** Of those that write: reads wait for nobody. */
  override get load(): DatabaseLoad {
    const { size } = this.turns;
    return { inUse: Math.min(size, 1), waiting: Math.max(size - 1, 0) };
  }

  /** Opens both connections; the writer first, since it creates the file and migrates it. */
  static async open(file: string, options: DatabaseOptions): Promise<SqliteDatabase> {
    const writer = sqliteSource(file, options, {
      driver: ImmediateSqlite,
      prepareDatabase: forDurableWriting,
    });
    const reader = sqliteSource(file, options, { prepareDatabase: forReadingOnly });
    try {
      await withMigrationLock(file, async () => {
        await writer.initialize();
        await writer.runMigrations({ transaction: 'each' });
      });
      await reader.initialize();
      // TypeORM reads through one runner.
      waitForOthers(reader.createQueryRunner(), () => performance.now() + timeLeft(PATIENCE));
      await Promise.all([reader, writer].map(blockNobody));
      return new SqliteDatabase(reader, writer);
    } catch (error) {
      if (writer.isInitialized) await writer.destroy();
      throw error;
    }
  }

  protected override async run<T>(work: TransactionWork<T>): Promise<T> {
    if (this.turns.size > QUEUE_LIMIT) throw new Unavailable();
    const deadline = performance.now() + timeLeft(PATIENCE);
    try {
      return await this.turns.run(() => this.write(work, deadline));
    } catch (error) {
      throw databaseUnavailability(error) ?? error;
    }
  }

  override async close(): Promise<void> {
    await this.writer.destroy();
  }

  private async write<T>(work: TransactionWork<T>, deadline: number): Promise<T> {
    if (performance.now() > deadline) throw new Unavailable();
    // TypeORM would use one runner for all transactions.
    Object.assign(this.writer.driver, { queryRunner: undefined });
    const runner = this.writer.createQueryRunner();
    waitForOthers(runner, () => deadline);
    const connection = (await runner.connect()) as Sqlite.Database;
    return sealedTransaction(runner, work, () => {
      // On a full disk SQLite has rolled back by itself.
      if (connection.inTransaction) connection.exec('ROLLBACK');
    });
  }
}

/** TypeORM's `BEGIN` would take the write lock at the first write, when it is too late to wait for another process. */
class ImmediateSqlite extends Sqlite {
  override prepare: Sqlite.Database['prepare'] = (sql: string) =>
    super.prepare(sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE TRANSACTION' : sql);
}

/** What is committed stays when the power goes: better-sqlite3 leaves that to chance where there is a write-ahead log. */
function forDurableWriting(connection: Sqlite.Database): void {
  connection.pragma('synchronous = FULL');
}

function forReadingOnly(connection: Sqlite.Database): void {
  connection.pragma('query_only = ON');
}

/** From here on a file that is busy is told at once, and waited for by {@link waitForOthers}. */
async function blockNobody(source: DataSource): Promise<void> {
  const connection = (await source.createQueryRunner().connect()) as Sqlite.Database;
  connection.pragma('busy_timeout = 0');
}

function sqliteSource(
  file: string,
  { entities, migrations }: DatabaseOptions,
  own: { driver?: object; prepareDatabase?: (connection: Sqlite.Database) => void },
): DataSource {
  return new DataSource({
    type: 'better-sqlite3',
    database: file,
    enableWAL: true,
    timeout: START_PATIENCE,
    driver: Sqlite,
    entities: [...entities],
    migrations: [...migrations],
    subscribers: [QuerySpans],
    ...own,
  });
}
