import { Unavailable } from '@gatehouse/contracts';
import { QueryFailedError } from 'typeorm';

/** Another transaction was in the way; the same work may succeed at once. */
const CONTENTION = new Set(
  Object.values({ deadlock: 1213, waitedTooLongForALock: 1205, changedSinceTheSnapshot: 1020 }),
);

/** The server takes no writes: it is somebody's copy, or about to be replaced by one. */
const READ_ONLY = new Set([1290, 1792, 1836]);

const TOO_MANY_CONNECTIONS = new Set([1040, 1203, 1226]);

/** A server that is going, full or overrun: nothing the request did. MySQL's numbers, with MariaDB's own from 1900 on. */
const PASSING = new Set(
  Object.values({
    tooManyConnections: [...TOO_MANY_CONNECTIONS],
    connectionEnded: [1053, 1077, 1184, 1927, 3169, 4031],
    networkBroken: [1158, 1159, 1160, 1161],
    statementInterrupted: [1317, 1969, 3024],
    readOnly: [...READ_ONLY],
    outOfSpace: [1021, 1041, 1114],
  }).flat(),
);

/** A connection that could not be made or did not last, as Node and mysql2 name it. */
const CONNECTION =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|PROTOCOL_\w+)$/;

/** SQLite's result codes, which come extended, such as SQLITE_IOERR_WRITE. */
const PASSING_SQLITE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM)(_|$)/;

/** The refusals of mysql2's own pool, which have no code. */
const POOL_REFUSAL = /^(Queue limit reached|Pool is closed|No connections available)\.$/;

/** What a caller is told when the database fails for a passing reason; undefined for all other errors. */
export function databaseUnavailability(thrown: unknown): Unavailable | undefined {
  if (!isDatabaseError(thrown)) return undefined;
  const { code, errno, message } = driverErrorOf(thrown);
  const passing =
    CONTENTION.has(errno) ||
    PASSING.has(errno) ||
    CONNECTION.test(code) ||
    PASSING_SQLITE.test(code) ||
    POOL_REFUSAL.test(message);
  return passing ? new Unavailable(undefined, { cause: thrown }) : undefined;
}

/** Whether a transaction has failed, and is undone, for a reason that may be gone a moment later. */
export function isWorthAnotherTry(thrown: unknown): boolean {
  const { errno } = driverErrorOf(thrown);
  return CONTENTION.has(errno) || READ_ONLY.has(errno) || TOO_MANY_CONNECTIONS.has(errno);
}

/** Whether the server takes no writes. */
export function isReadOnly(thrown: unknown): boolean {
  return READ_ONLY.has(driverErrorOf(thrown).errno);
}

/** Whether SQLite found another process in its way. */
export function isBusy(thrown: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(driverErrorOf(thrown).code);
}

/** Whether a row was refused because a unique column already holds its value. */
export function isUniqueViolation(thrown: unknown): boolean {
  return /^(ER_DUP_ENTRY|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY))$/.test(driverErrorOf(thrown).code);
}

/** The driver's own code, such as `ER_DUP_ENTRY` or `SQLITE_FULL`; empty where there is none. */
export function databaseErrorCode(thrown: unknown): string {
  return driverErrorOf(thrown).code;
}

function driverErrorOf(thrown: unknown): { code: string; errno: number; message: string } {
  const error = thrown instanceof QueryFailedError ? (thrown.driverError as unknown) : thrown;
  const { code, errno, message } = (error ?? {}) as Record<string, unknown>;
  return {
    code: typeof code === 'string' ? code : '',
    errno: typeof errno === 'number' ? errno : 0,
    message: typeof message === 'string' ? message : '',
  };
}

/** A refused connection to some other service is not the database's: what is, its drivers mark. */
function isDatabaseError(thrown: unknown): boolean {
  if (thrown instanceof QueryFailedError) return true;
  const { fatal, name } = (thrown ?? {}) as { fatal?: unknown; name?: unknown };
  const { code, message } = driverErrorOf(thrown);
  // What the server itself says, such as that it takes no more connections, begins with ER_.
  return fatal === true || name === 'SqliteError' || code.startsWith('ER_') || POOL_REFUSAL.test(message);
}
