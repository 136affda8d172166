import { Unavailable } from '@gatehouse/contracts';
import { QueryFailedError } from 'typeorm';

/** Codes of a database that is away, full, busy or closing: nothing the request did, and worth another try. */
const PASSING = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'POOL_CLOSED',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_USER_LIMIT_REACHED',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_NET_READ_INTERRUPTED',
  'ER_QUERY_INTERRUPTED',
  'ER_QUERY_TIMEOUT',
  'ER_STATEMENT_TIMEOUT',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_READ_ONLY_MODE',
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  'ER_OUT_OF_RESOURCES',
  'ER_RECORD_FILE_FULL',
  'ER_DISK_FULL',
]);

/** Another transaction was in the way; the same work may succeed at once (1020 is MariaDB's snapshot conflict). */
const CONTENTION = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);

/** SQLite's result codes come extended, such as SQLITE_IOERR_WRITE. */
const PASSING_SQLITE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM)(_|$)/;

/** What a caller is told when the database fails for a passing reason; undefined for all other errors. */
export function databaseUnavailability(thrown: unknown): Unavailable | undefined {
  if (!isDatabaseError(thrown)) return undefined;
  const code = databaseErrorCode(thrown);
  const passing = PASSING.has(code) || CONTENTION.has(code) || PASSING_SQLITE.test(code);
  return passing ? new Unavailable(undefined, { cause: thrown }) : undefined;
}

/** Whether a transaction failed because another one was in its way. */
export function isContention(thrown: unknown): boolean {
  return CONTENTION.has(databaseErrorCode(thrown));
}

/** The driver's own code, such as `ER_DUP_ENTRY` or `SQLITE_FULL`; empty where there is none. */
export function databaseErrorCode(thrown: unknown): string {
  const error = thrown instanceof QueryFailedError ? (thrown.driverError as unknown) : thrown;
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  // mysql2's pool has no codes for its own refusals.
  return message === 'Queue limit reached.' || message === 'Pool is closed.' ? 'POOL_CLOSED' : '';
}

/** A refused connection to some other service is not ours to tell of: mysql2 marks its own errors. */
function isDatabaseError(thrown: unknown): boolean {
  if (thrown instanceof QueryFailedError) return true;
  const { fatal, name } = (thrown ?? {}) as { fatal?: unknown; name?: unknown };
  return fatal === true || name === 'SqliteError' || databaseErrorCode(thrown) === 'POOL_CLOSED';
}

/** Whether a row was refused because a unique column already holds its value. */
export function isUniqueViolation(thrown: unknown): boolean {
  return /^(ER_DUP_ENTRY|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY))$/.test(databaseErrorCode(thrown));
}
