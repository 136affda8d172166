import { StartFailure } from '../config/start.failure.js';
import type { Database } from './database.js';
import { databaseErrorCode } from './database.errors.js';
import type { DatabaseOptions } from './database.options.js';
import { parseDatabaseUrl, type DatabaseLocation, type MysqlLocation } from './database.url.js';

const NO_URL =
  'DATABASE_URL is no database URL. Set it to sqlite:<path> or mysql://user:password@host:port/schema.';

/**
 * Opens a service's database and brings it up to date.
 *
 * @throws StartFailure with the remedy, when it cannot be had
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const location = parseDatabaseUrl(options.url);
  if (!location) throw new StartFailure(NO_URL);
  try {
    return await open(location, options);
  } catch (cause) {
    const sentence = databaseSentence(location, cause);
    throw sentence === undefined ? cause : new StartFailure(sentence, { cause });
  }
}

/** What a driver's error says about the database there, with the remedy; undefined for an error that nobody foresaw. */
export function databaseSentence(location: DatabaseLocation, error: unknown): string | undefined {
  const code = databaseErrorCode(error);
  return location.kind === 'sqlite' ? sqliteSentence(code, location.file) : mysqlSentence(code, location);
}

/** Only the driver that is needed is loaded: the other one would take 30 MB for nothing. */
async function open(location: DatabaseLocation, options: DatabaseOptions): Promise<Database> {
  if (location.kind === 'sqlite') {
    const { SqliteDatabase } = await import('./sqlite.database.js');
    return SqliteDatabase.open(location.file, options);
  }
  const { MysqlDatabase } = await import('./mysql.database.js');
  return MysqlDatabase.open(location, options);
}

function sqliteSentence(code: string, file: string): string | undefined {
  if (/^(SQLITE_FULL|SQLITE_IOERR\w*|ENOSPC)$/.test(code)) {
    return `There is no room, or no sound disk, for the database ${file}. Free some space, or set DATABASE_URL to another place.`;
  }
  if (/^(SQLITE_NOTADB|SQLITE_CORRUPT\w*)$/.test(code)) {
    return `${file} is not a sound SQLite database. Restore it from a backup, or set DATABASE_URL to another place.`;
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return `Another program holds the database ${file}. Stop it, and start again.`;
  }
  if (/^(SQLITE_CANTOPEN|SQLITE_READONLY|SQLITE_PERM|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EISDIR)/.test(code)) {
    return `The database ${file} cannot be opened or written. Correct its permissions, or set DATABASE_URL to another place.`;
  }
  return undefined;
}

function mysqlSentence(code: string, { host, port, user, schema }: MysqlLocation): string | undefined {
  if (/^(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|PROTOCOL_CONNECTION_LOST)$/.test(code)) {
    return `No database answers at ${host}:${port}. Start it, or correct DATABASE_URL.`;
  }
  switch (code) {
    case 'PROTOCOL_SEQUENCE_TIMEOUT':
      return `The database at ${host}:${port} has stopped answering in the midst of a migration. See what it does (SHOW PROCESSLIST), and start again.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `There is no host named ${host}. Correct DATABASE_URL.`;
    case 'ER_ACCESS_DENIED_ERROR':
      return `The database at ${host}:${port} refuses the user ${user}. Correct the user or the password in DATABASE_URL.`;
    case 'ER_BAD_DB_ERROR':
      return `The database at ${host}:${port} has no schema ${schema}. Create it (CREATE DATABASE ${schema}), or correct DATABASE_URL.`;
    case 'ER_DBACCESS_DENIED_ERROR':
      return `The user ${user} may not use the schema ${schema}. Grant it (GRANT ALL ON ${schema}.* TO ${user}), or correct DATABASE_URL.`;
    case 'ER_CON_COUNT_ERROR':
      return `The database at ${host}:${port} takes no more connections. Raise its max_connections, or stop a client.`;
    default:
      return undefined;
  }
}
