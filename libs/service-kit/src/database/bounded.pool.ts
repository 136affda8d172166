import type { Connection, Pool, PoolConnection } from 'mysql2';
import { limitStatements } from './connection.limits.js';
import type { DatabaseLoad } from './database.js';
import { ExpectedWait } from './expected.wait.js';
import { afterwards } from './patience.js';
import { promiseOnce } from './prompt.connection.js';
import { timeLeft } from './time.left.js';

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
 * that hangs. Who would wait in vain is refused at once. What TypeORM uses of a pool.
 */
export class BoundedPool {
  private readonly wait = new ExpectedWait();

  constructor(
    private readonly pool: Pool,
    private readonly limits: DatabaseLimits,
    private readonly size: number,
  ) {
    pool.on('connection', (connection: Connection) => {
      limitStatements(connection, limits.statement);
      promiseOnce(connection);
    });
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
    const patience = timeLeft(this.limits.acquire);
    const isFull = this.load.inUse >= this.size;
    if (isFull && this.wait.ofNext > patience) return take(new NoConnection(), undefined!);
    // Who need not wait says nothing of how long it takes.
    const leave = isFull ? this.wait.enter() : () => undefined;
    let waits = true;
    const cancel = afterwards(patience, () => {
      waits = false;
      leave(false);
      take(new NoConnection(), undefined!);
    });
    this.pool.getConnection((error, connection) => {
      if (!waits) return connection?.release();
      cancel();
      leave(!error);
      take(error, connection);
    });
  }

  /** Says goodbye to the server, and waits no longer for it than for any statement. */
  end(done: (error?: Error | null) => void): void {
    const cancel = afterwards(this.limits.statement, done);
    this.pool.end((error) => {
      cancel();
      done(error);
    });
  }
}

/** There was none in time, or would have been none. */
class NoConnection extends Error {
  override readonly name = 'NoConnection';
  readonly fatal = true;
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('No connection to the database was to be had in time.');
  }
}
