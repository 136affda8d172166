import * as mysql from 'mysql2';
import { DataSource, type EntityManager } from 'typeorm';
import { Unavailable } from '@gatehouse/contracts';
import { Database } from './database.js';
import { databaseUnavailability, isContention } from './database.errors.js';
import type { DatabaseOptions } from './database.options.js';
import type { DatabaseLocation } from './database.url.js';
import { migrateMysql } from './mysql.migration.js';

const MAX_RETRIES = 3;
const POOL_SIZE = 10;
/** Requests that may wait for a connection; more are shed. */
const QUEUE_LIMIT = 200;
/** Milliseconds. */
const CONNECT_TIMEOUT = 2_000;

/** MySQL or MariaDB through a pool; transactions that lose against others are run again. */
export class MysqlDatabase extends Database {
  private constructor(readonly dataSource: DataSource) {
    super();
  }

  static async open(location: MysqlLocation, options: DatabaseOptions): Promise<MysqlDatabase> {
    const dataSource = await new DataSource({
      type: 'mysql',
      driver: mysql,
      host: location.host,
      port: location.port,
      username: location.user,
      password: location.password,
      database: location.schema,
      // Times are UTC on both sides, whatever the machines' own zones are.
      timezone: 'Z',
      charset: 'utf8mb4',
      poolSize: POOL_SIZE,
      connectTimeout: CONNECT_TIMEOUT,
      extra: { queueLimit: QUEUE_LIMIT },
      entities: [...options.entities],
      migrations: [...options.migrations],
    }).initialize();
    try {
      await migrateMysql(dataSource, location.schema);
      return new MysqlDatabase(dataSource);
    } catch (error) {
      await dataSource.destroy();
      throw error;
    }
  }

  override async transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    for (let retries = 0; ; retries += 1) {
      try {
        return await this.dataSource.transaction(work);
      } catch (error) {
        if (!isContention(error)) throw databaseUnavailability(error) ?? error;
        if (retries === MAX_RETRIES) throw new Unavailable(undefined, { cause: error });
      }
    }
  }
}

type MysqlLocation = Extract<DatabaseLocation, { kind: 'mysql' }>;
