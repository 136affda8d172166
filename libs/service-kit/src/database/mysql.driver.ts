import { createPool, type Connection, type PoolOptions } from 'mysql2';
import { BoundedPool, type DatabaseLimits } from './bounded.pool.js';

/**
 * What TypeORM uses of mysql2.
 *
 * @param serverLimit milliseconds after which the server itself gives a statement up, so that it does not go on with
 *   what nobody waits for any more; where it is left out, it never does
 */
export function mysqlDriver(limits: DatabaseLimits, serverLimit?: number): object {
  return {
    createPool(options: PoolOptions): BoundedPool {
      const pool = createPool(options);
      const bounded = new BoundedPool(pool, limits, options.connectionLimit ?? 10);
      pool.on('connection', (connection: Connection) => {
        // A connection that fails here fails its next query as well, and that one has somebody to tell.
        for (const statement of session(serverLimit)) connection.query(statement, () => undefined);
      });
      return bounded;
    },
  };
}

/** What every connection is told before its first use, so that servers set up differently behave the same. */
function session(serverLimit: number | undefined): string[] {
  return [
    // Waiting for another transaction must not take longer than a caller waits; by default it is 50 s.
    `SET SESSION innodb_lock_wait_timeout = 1 ${serverLimit === undefined ? '' : statementLimit(serverLimit)}`,
    // Defaults such as CURRENT_TIMESTAMP are UTC, as what we write is.
    "SET SESSION time_zone = '+00:00'",
    // Without it, values that do not fit are cut to size in silence.
    "SET SESSION sql_mode = CONCAT_WS(',', @@sql_mode, 'STRICT_TRANS_TABLES')",
    // Each statement sees what is committed, also after a unique column has refused a row that a snapshot cannot show.
    'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  ];
}

/** MariaDB reads the first comment alone, MySQL the second: each has its own name for it, and its own unit. */
function statementLimit(milliseconds: number): string {
  return `/*M! , max_statement_time = ${milliseconds / 1_000} */ /*!50708 , max_execution_time = ${milliseconds} */`;
}
