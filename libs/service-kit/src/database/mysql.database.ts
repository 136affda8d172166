import { setTimeout as sleep } from 'node:timers/promises';
import { Unavailable } from '@gatehouse/contracts';
import type { PoolConnection } from 'mysql2';
import { DataSource, type QueryRunner } from 'typeorm';
import { QuerySpans } from '../tracing/query.spans.js';
import type { BoundedPool, DatabaseLimits } from './bounded.pool.js';
import { sever } from './connection.limits.js';
import { Database, type DatabaseLoad, type TransactionWork } from './database.js';
import { databaseUnavailability, isReadOnly, isWorthAnotherTry } from './database.errors.js';
import type { DatabaseOptions } from './database.options.js';
import type { MysqlLocation } from './database.url.js';
import { mysqlDriver } from './mysql.driver.js';
import { migrateMysql } from './mysql.migration.js';
import { afterwards } from './patience.js';
import { sealedTransaction, soleStatement } from './sealed.transaction.js';
import { timeLeft } from './time.left.js';

const POOL_SIZE = 10;
/** How many may wait for a connection; more are refused at once. */
const QUEUE_LIMIT = 200;
/**
 * Milliseconds. Longer than anybody waits for a connection: a server that hangs gets few of them, and the first one is
 * there as soon as it goes on.
 */
const CONNECT_TIMEOUT = 5_000;

/** Whoever waits for an answer has it within two seconds, a refusal if need be. Milliseconds. */
const SERVING: DatabaseLimits = { acquire: 1_000, statement: 1_250 };
/** A little less, so that it is the server that gives up where it can, and the connection stays. */
const SERVER_LIMIT = 1_100;
/** All of a transaction, together with its further tries. */
const TRANSACTION_LIMIT = 1_750;

const MAX_RETRIES = 3;
/** Before the first further try; twice as much before each that follows. */
const RETRY_PAUSE = 10;

/** A table may be large, and another process may be at it. */
const MIGRATING: DatabaseLimits = { acquire: 2 * CONNECT_TIMEOUT, statement: 10 * 60_000 };

/** What is done on a connection until it is given back. */
type Work<T> = (runner: QueryRunner, connection: PoolConnection) => Promise<T>;

/** MySQL or MariaDB through a pool; transactions that lose against others are run again. */
export class MysqlDatabase extends Database {
  private constructor(readonly dataSource: DataSource) {
    super();
  }

  override get load(): DatabaseLoad {
    return (this.dataSource.driver as unknown as { pool: BoundedPool }).pool.load;
  }

  static async open(location: MysqlLocation, options: DatabaseOptions): Promise<MysqlDatabase> {
    const migrating = await mysqlSource(location, options, mysqlDriver(MIGRATING)).initialize();
    try {
      await migrateMysql(migrating, location.schema);
    } finally {
      await migrating.destroy();
    }
    const driver = mysqlDriver(SERVING, SERVER_LIMIT);
    return new MysqlDatabase(await mysqlSource(location, options, driver).initialize());
  }

  protected override run<T>(work: TransactionWork<T>): Promise<T> {
    return this.persistently((runner, connection) =>
      sealedTransaction(runner, work, () => rollBack(connection)),
    );
  }

  /** The server commits a statement that is in no transaction. */
  protected override runOne<T>(work: TransactionWork<T>): Promise<T> {
    return this.persistently((runner) => soleStatement(runner, work));
  }

  private async persistently<T>(work: Work<T>): Promise<T> {
    const deadline = performance.now() + timeLeft(TRANSACTION_LIMIT);
    for (let retries = 0; ; retries += 1) {
      try {
        return await this.attempt(work, deadline);
      } catch (error) {
        if (!isWorthAnotherTry(error)) throw databaseUnavailability(error) ?? error;
        // Those that were in each other's way must not meet again.
        const pause = RETRY_PAUSE * 2 ** retries * (0.5 + Math.random());
        if (retries === MAX_RETRIES || performance.now() + pause > deadline) {
          throw new Unavailable(undefined, { cause: error });
        }
        await sleep(pause);
      }
    }
  }

  private async attempt<T>(work: Work<T>, deadline: number): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const connection = (await runner.connect()) as PoolConnection;
    const cancel = afterwards(deadline - performance.now(), () => sever(connection));
    try {
      return await work(runner, connection);
    } catch (error) {
      // Elsewhere there may be a server that takes writes by now.
      if (isReadOnly(error)) connection.destroy();
      throw error;
    } finally {
      cancel();
      connection.release();
    }
  }
}

/** A connection that cannot roll back must not come to anybody else. */
async function rollBack(connection: PoolConnection): Promise<void> {
  try {
    await connection.promise().query('ROLLBACK');
  } catch {
    connection.destroy();
  }
}

function mysqlSource(
  location: MysqlLocation,
  { entities, migrations }: DatabaseOptions,
  driver: object,
): DataSource {
  return new DataSource({
    type: 'mysql',
    driver,
    host: location.host,
    port: location.port,
    username: location.user,
    password: location.password,
    database: location.schema,
    timezone: 'Z',
    charset: 'utf8mb4',
    // Whole numbers are numbers, as with SQLite; only beyond 2^53 are they strings.
    bigNumberStrings: false,
    poolSize: POOL_SIZE,
    connectTimeout: CONNECT_TIMEOUT,
    extra: { queueLimit: QUEUE_LIMIT },
    entities: [...entities],
    migrations: [...migrations],
    subscribers: [QuerySpans],
  });
}
