import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { StartFailure } from '../config/start.failure.js';
import { resumable } from './resumable.runner.js';

/** How long a starting process waits for the one that migrates. Seconds. */
const PATIENCE = 60;

/** Runs what is pending, in one of all starting processes at a time: the lock is a connection's, and dies with it. */
export async function migrateMysql(dataSource: DataSource, schema: string): Promise<void> {
  const holder = dataSource.createQueryRunner();
  try {
    await acquire(holder, schema);
    await compareBytes(holder);
    await runPending(dataSource);
  } finally {
    await holder.query('DO RELEASE_ALL_LOCKS()');
    await holder.release();
  }
}

async function runPending(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    const executor = new MigrationExecutor(dataSource, resumable(runner));
    executor.transaction = 'each';
    await executor.executePendingMigrations();
  } finally {
    await runner.release();
  }
}

async function acquire(holder: QueryRunner, schema: string): Promise<void> {
  // Locks are the server's, not the schema's; a name longer than 64 characters is refused. MySQL 9.6 has no MD5 any more.
  const sql = "SELECT GET_LOCK(CONCAT('gatehouse:', LEFT(SHA2(?, 256), 32)), ?) AS acquired";
  const [row] = (await holder.query(sql, [schema, PATIENCE])) as { acquired: number | string | null }[];
  if (Number(row?.acquired) === 1) return;
  throw new StartFailure(
    `Another process has been migrating the database for ${PATIENCE} s. Stop it, and start again.`,
  );
}

/** In a new schema, text is compared byte by byte as in SQLite; most servers' default takes `A` and `a` for the same. */
async function compareBytes(holder: QueryRunner): Promise<void> {
  const sql = 'SELECT COUNT(*) AS tables FROM information_schema.tables WHERE table_schema = DATABASE()';
  const [row] = (await holder.query(sql)) as { tables: number | string }[];
  if (Number(row?.tables) === 0) {
    await holder.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  }
}
