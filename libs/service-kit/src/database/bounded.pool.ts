import type { Duplex } from 'node:stream';
import type { Connection, Pool, PoolConnection } from 'mysql2';
import type { DatabaseLoad } from './database.js';

/** How long what is asked of a database may take, in milliseconds. */
export interface DatabaseLimits {
  /** Until there is a connection. */
  readonly acquire: number;
  /** From sending a statement to its whole answer. */
  readonly statement: number;
}

/** What a pool of mysql2 keeps. */
type Queues = Record<'_allConnections' | '_freeConnections' | '_connectionQueue', { length: number }>;

type Taker = (error: Error | null, connection: PoolConnection) => void;

/**
 * A pool whose connections come and answer within limits, or not at all: mysql2 by itself waits for ever for a server
 * that hangs. What TypeORM uses of a pool.
 */
export class BoundedPool {
  /** Somebody has waited in vain, and no connection has come since: so would whoever comes now. */
  private exhausted = false;

  constructor(
    private readonly pool: Pool,
    private readonly limits: DatabaseLimits,
  ) {
    pool.on('connection', (connection: Connection) => limitStatements(connection, limits.statement));
  }

  /** How busy it is right now; mysql2 says it nowhere else. */
  get load(): DatabaseLoad {
    const {
      _allConnections: all,
      _freeConnections: free,
      _connectionQueue: queue,
    } = this.pool as unknown as Queues;
    return { inUse: all.length - free.length, waiting: queue.length };
  }

  getConnection(take: Taker): void {
    if (this.exhausted) return take(new NoConnection(), undefined!);
    let waits = true;
    const patience = setTimeout(() => {
      waits = false;
      this.exhausted = true;
      take(new NoConnection(), undefined!);
    }, this.limits.acquire);
    this.pool.getConnection((error, connection) => {
      clearTimeout(patience);
      this.exhausted = false;
      if (waits) take(error, connection);
      else connection?.release();
    });
  }

  /** Says goodbye to the server, and waits no longer for it than for any statement. */
  end(done: (error?: Error | null) => void): void {
    const patience = setTimeout(done, this.limits.statement);
    this.pool.end((error) => {
      clearTimeout(patience);
      done(error);
    });
  }
}

/** There was none in time. */
class NoConnection extends Error {
  override readonly name = 'NoConnection';
  readonly fatal = true;
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('No connection to the database was to be had in time.');
  }
}

/**
 * Ends a connection, and whatever waits for its answer. Not by `destroy`, which waits for the server, and tells nobody.
 * The server undoes the open transaction when it sees the connection gone.
 */
export function sever(connection: Connection): void {
  const { stream } = connection as unknown as { stream: Duplex };
  // As mysql2 would name it.
  stream.destroy(
    Object.assign(new Error('The database has not answered in time.'), { code: 'PROTOCOL_SEQUENCE_TIMEOUT' }),
  );
}

/** After a statement that took too long nobody could tell what the connection's next answer belongs to. */
function limitStatements(connection: Connection, milliseconds: number): void {
  const query = connection.query.bind(connection) as (
    ...statement: unknown[]
  ) => ReturnType<typeof connection.query>;
  const limited = (...statement: unknown[]) => {
    const command = query(...statement);
    const patience = setTimeout(() => sever(connection), milliseconds).unref();
    command.once('end', () => clearTimeout(patience));
    return command;
  };
  Object.assign(connection, { query: limited });
}
