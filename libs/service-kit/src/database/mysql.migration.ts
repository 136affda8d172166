import type { DataSource } from 'typeorm';
import { StartFailure } from '../config/start.failure.js';

/** How long a starting replica waits for the one that migrates. Seconds. */
const LOCK_TIMEOUT = 60;

/** Runs what is pending, in one of all starting replicas at a time: the lock is a connection's, and dies with it. */
export async function migrateMysql(dataSource: DataSource, schema: string): Promise<void> {
  const holder = dataSource.createQueryRunner();
  const lock = `gatehouse:migrations:${schema}`.slice(0, 64);
  try {
    const [row] = (await holder.query('SELECT GET_LOCK(?, ?) AS acquired', [
      lock,
      LOCK_TIMEOUT,
    ])) as Acquired[];
    if (Number(row?.acquired) !== 1) {
      throw new StartFailure(
        `Another process has been migrating the database for ${LOCK_TIMEOUT} s. Start again.`,
      );
    }
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await holder.query('SELECT RELEASE_LOCK(?)', [lock]);
    await holder.release();
  }
}

interface Acquired {
  acquired: number | string | null;
}
