import { StartFailure } from '../config/start.failure.js';
import { Database } from './database.js';
import type { DatabaseOptions } from './database.options.js';
import { parseDatabaseUrl } from './database.url.js';
import { MysqlDatabase } from './mysql.database.js';
import { SqliteDatabase } from './sqlite.database.js';

/** Opens a service's database, migrated. @throws StartFailure with the remedy, when it cannot be had */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const location = parseDatabaseUrl(options.url);
  if (!location) throw new StartFailure('DATABASE_URL is not a database URL.');
  return location.kind === 'sqlite'
    ? SqliteDatabase.open(location.file, options)
    : MysqlDatabase.open(location, options);
}
