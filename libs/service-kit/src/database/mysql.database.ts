import { Unavailable } from '@gatehouse/contracts';
import type { PoolConnection } from 'mysql2';
import { DataSource } from 'typeorm';
import { Database, type TransactionWork } from './database.js';
import { databaseUnavailability, isContention } from './database.errors.js';
import type { DatabaseOptions } from './database.options.js';
import type { MysqlLocation } from './database.url.js';
import { mysqlDriver } from './mysql.driver.js';
import { migrateMysql } from './mysql.migration.js';
import { sealedTransaction } from './sealed.transaction.js';

const MAX_RETRIES = 3;
const POOL_SIZE = 10;
/** How many may wait for a connection; more are refused at once. */
const QUEUE_LIMIT = 200;
/** Milliseconds. */
const CONNECT_TIMEOUT = 2_000;

/** MySQL or MariaDB through a pool; transactions that lose against others are run again. */
export class MysqlDatabase extends Database {
  private constructor(readonly dataSource: DataSource) {
    super();
  }

  static async open(location: MysqlLocation, options: DatabaseOptions): Promise<MysqlDatabase> {
    const dataSource = await mysqlSource(location, options).initialize();
    try {
      await migrateMysql(dataSource, location.schema);
      return new MysqlDatabase(dataSource);
    } catch (error) {
      await dataSource.destroy();
      throw error;
    }
  }

  protected override async run<T>(work: TransactionWork<T>): Promise<T> {
    for (let retries = 0; ; retries += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!isContention(error)) throw databaseUnavailability(error) ?? error;
        if (retries === MAX_RETRIES) throw new Unavailable(undefined, { cause: error });
      }
    }
  }

  private async attempt<T>(work: TransactionWork<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const connection = (await runner.connect()) as PoolConnection;
    try {
      return await sealedTransaction(runner, work, () => rollBack(connection));
    } finally {
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

function mysqlSource(location: MysqlLocation, { entities, migrations }: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'mysql',
    driver: mysqlDriver,
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
  });
}
