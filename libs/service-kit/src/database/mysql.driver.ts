import { createPool, type Connection, type Pool, type PoolOptions } from 'mysql2';

/** What every connection is told before its first use, so that servers set up differently behave the same. */
const SESSION = [
  // Waiting for another transaction must not take longer than a caller waits; by default it is 50 s.
  'SET SESSION innodb_lock_wait_timeout = 1',
  // Defaults such as CURRENT_TIMESTAMP are UTC, as what we write is.
  "SET SESSION time_zone = '+00:00'",
  // Without it, values that do not fit are cut to size in silence.
  "SET SESSION sql_mode = CONCAT_WS(',', @@sql_mode, 'STRICT_TRANS_TABLES')",
  // Each statement sees what is committed, also after a unique column has refused a row that a snapshot cannot show.
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** What TypeORM uses of mysql2. */
export const mysqlDriver = {
  createPool(options: PoolOptions): Pool {
    const pool = createPool(options);
    pool.on('connection', (connection: Connection) => {
      // A connection that fails here fails its next query as well, and that one has somebody to tell.
      for (const statement of SESSION) connection.query(statement, () => undefined);
    });
    return pool;
  },
};
