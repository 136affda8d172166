import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { StartFailure } from '../config/start.failure.js';
import { databaseErrorCode } from './database.errors.js';

/** How long a starting process waits for the one that migrates, and how often it looks. Milliseconds. */
const PATIENCE = 60_000;
const INTERVAL = 50;

const TOO_LONG = 'Another process has been migrating the database for a minute. Stop it, and start again.';

/** Lets one of several starting processes at a time do `work` on a database file. The lock dies with its process. */
export async function withMigrationLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const holder = new Sqlite(`${file}.migration-lock`, { timeout: 0 });
  try {
    await acquire(holder);
    return await work();
  } finally {
    holder.close();
  }
}

async function acquire(holder: Sqlite.Database): Promise<void> {
  for (const deadline = Date.now() + PATIENCE; ; await pause(INTERVAL)) {
    try {
      holder.exec('BEGIN EXCLUSIVE');
      return;
    } catch (error) {
      if (!databaseErrorCode(error).startsWith('SQLITE_BUSY')) throw error;
      if (Date.now() > deadline) throw new StartFailure(TOO_LONG);
    }
  }
}
