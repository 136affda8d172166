import { Unavailable } from '@gatehouse/contracts';
import type Sqlite from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { Database, type DatabaseLoad, type TransactionWork } from './database.js';
import { databaseUnavailability } from './database.errors.js';
import type { DatabaseOptions } from './database.options.js';
import { QuerySpans } from '../tracing/query.spans.js';
import { GroupedTransaction } from './grouped.transaction.js';
import { waitForOthers } from './patient.runner.js';
import { keepPrivate } from './private.file.js';
import { sealedTransaction } from './sealed.transaction.js';
import { PreparedSqlite } from './sqlite.driver.js';
import { withMigrationLock } from './sqlite.migration-lock.js';
import { runAtOnce } from './sqlite.runner.js';
import { timeLeft } from './time.left.js';
import { WriteQueue, type WriteWish } from './write.queue.js';

/** How long a start waits for another process, and does nothing else meanwhile. Milliseconds. */
const START_PATIENCE = 1_000;
/** How long a request waits for another process, or for its turn to write. Milliseconds. */
const PATIENCE = 1_500;
/** How many may wait for their turn to write; more are refused at once. */
const QUEUE_LIMIT = 200;
/** What changes nothing, whichever connection runs it. */
const READS = /^\s*SELECT\b/i;

/**
 * SQLite through two connections. TypeORM has one query runner for each, so two transactions on one connection would
 * become one: writes go one after the other through the writer, each by a runner of its own, and to the disk as a
 * {@link WriteQueue} has them; reads see what is committed, through the reader while others write.
 */
export class SqliteDatabase extends Database {
  private readonly queue: WriteQueue;

  private constructor(
    readonly dataSource: DataSource,
    private readonly writer: DataSource,
    private readonly connection: Sqlite.Database,
  ) {
    super();
    this.queue = new WriteQueue(connection);
  }

  /** Of those that write: reads wait for nobody. */
  override get load(): DatabaseLoad {
    const { size } = this.queue;
    return { inUse: Math.min(size, 1), waiting: Math.max(size - 1, 0) };
  }

  /** Opens both connections; the writer first, since it creates the file and migrates it. */
  static async open(file: string, options: DatabaseOptions): Promise<SqliteDatabase> {
    const writer = sqliteSource(file, options, { prepareDatabase: forDurableWriting });
    const reader = sqliteSource(file, options, { prepareDatabase: forReadingOnly });
    try {
      await withMigrationLock(file, async () => {
        await keepPrivate(file);
        await writer.initialize();
        await writer.runMigrations({ transaction: 'each' });
      });
      await reader.initialize();
      const [reading, writing] = await Promise.all([reader, writer].map(withoutBlocking));
      // TypeORM reads through one runner.
      const runner = reader.createQueryRunner();
      runAtOnce(runner, (sql) => (isAtHand(sql, writing!) ? writing! : reading!));
      waitForOthers(runner, () => performance.now() + timeLeft(PATIENCE));
      return new SqliteDatabase(reader, writer, writing!);
    } catch (error) {
      if (writer.isInitialized) await writer.destroy();
      throw error;
    }
  }

  protected override async run<T>(work: TransactionWork<T>): Promise<T> {
    if (this.queue.size > QUEUE_LIMIT) throw new Unavailable();
    const deadline = performance.now() + timeLeft(PATIENCE);
    try {
      return await this.write(work, { deadline, leads: false });
    } catch (error) {
      throw databaseUnavailability(error) ?? error;
    }
  }

  override async close(): Promise<void> {
    await this.writer.destroy();
  }

  private async write<T>(work: TransactionWork<T>, wish: WriteWish): Promise<T> {
    const turn = await this.queue.enter(wish);
    // TypeORM would use one runner for all transactions.
    Object.assign(this.writer.driver, { queryRunner: undefined });
    const runner = this.writer.createQueryRunner();
    runAtOnce(runner, () => this.connection);
    const transaction = new GroupedTransaction(runner, turn);
    try {
      return await sealedTransaction(runner, work, (reason) => transaction.rollBack(reason));
    } catch (error) {
      if (!transaction.gaveWay) throw error;
      return this.write(work, { ...wish, leads: true });
    }
  }
}

/** What is committed stays when the power goes: better-sqlite3 leaves that to chance where there is a write-ahead log. */
function forDurableWriting(connection: Sqlite.Database): void {
  connection.pragma('synchronous = FULL');
}

function forReadingOnly(connection: Sqlite.Database): void {
  connection.pragma('query_only = ON');
}

/**
 * Whether the writer can be asked what is committed. It has the pages that it has written; the reader has to read them
 * again after each commit, which takes several times as long as the query.
 */
function isAtHand(sql: string, writing: Sqlite.Database): boolean {
  return !writing.inTransaction && READS.test(sql);
}

/** From here on a file that is busy is told at once, and waited for by {@link waitForOthers}. */
async function withoutBlocking(source: DataSource): Promise<Sqlite.Database> {
  const connection = (await source.createQueryRunner().connect()) as Sqlite.Database;
  connection.pragma('busy_timeout = 0');
  return connection;
}

function sqliteSource(
  file: string,
  { entities, migrations }: DatabaseOptions,
  own: { prepareDatabase: (connection: Sqlite.Database) => void },
): DataSource {
  return new DataSource({
    type: 'better-sqlite3',
    database: file,
    enableWAL: true,
    timeout: START_PATIENCE,
    driver: PreparedSqlite,
    entities: [...entities],
    migrations: [...migrations],
    subscribers: [QuerySpans],
    ...own,
  });
}
