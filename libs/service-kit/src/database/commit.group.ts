import { setImmediate as turnOver } from 'node:timers/promises';
import { Unavailable } from '@gatehouse/contracts';
import type Sqlite from 'better-sqlite3';
import { patiently } from './patient.runner.js';

/** How many share one commit at most… */
const MOST = 100;
/** …and how long the first of them waits for the last, in milliseconds. Everything else waits meanwhile. */
const LONGEST = 10;

/**
 * Transactions of SQLite that are committed at once, since it is waiting for the disk that takes the time: one after
 * the other, each in a savepoint, so that one that fails is undone by itself.
 *
 * Each sees what those before it have written, though it may still be undone. Nobody is told wrong by that, for nobody
 * is told anything before {@link committed} settles, not even that a transaction of theirs has failed: perhaps it did
 * because of what it saw, say that an address was taken. When the commit fails, all that any of them has written or
 * seen is undone, and all are told the same: that it was not to be done now.
 */
export class CommitGroup {
  private readonly begunAt = performance.now();
  private readonly end = Promise.withResolvers<void>();
  private members = 0;

  private constructor(private readonly connection: Sqlite.Database) {
    // It may be that all have withdrawn.
    this.end.promise.catch(() => undefined);
  }

  /** @param deadline for other processes to let it, in the time of `performance.now()` */
  static async begin(connection: Sqlite.Database, deadline: number): Promise<CommitGroup> {
    // Whoever comes in the same turn of the event loop comes along.
    await turnOver();
    await patiently(() => connection.prepare('BEGIN IMMEDIATE').run(), deadline);
    return new CommitGroup(connection);
  }

  /** Settles when it is over: all of it is on the disk, or nothing is. */
  get committed(): Promise<void> {
    return this.end.promise;
  }

  /** Whether nobody else is to come in. */
  get isFull(): boolean {
    const isLost = !this.connection.inTransaction;
    return isLost || this.members >= MOST || performance.now() - this.begunAt > LONGEST;
  }

  /** Begins a transaction; the one before has been kept or undone. */
  enter(): void {
    this.connection.prepare('SAVEPOINT member').run();
    this.members += 1;
  }

  keep(): void {
    this.run('RELEASE member');
  }

  undo(reason: unknown): void {
    // On a full disk SQLite has undone everything by itself.
    if (!this.connection.inTransaction) return this.lose(reason);
    this.run('ROLLBACK TO member');
    this.run('RELEASE member');
  }

  commit(): void {
    this.run('COMMIT');
    this.end.resolve();
  }

  /** What fails here leaves nobody with half of a transaction: all is undone. */
  private run(sql: string): void {
    try {
      this.connection.prepare(sql).run();
    } catch (error) {
      this.lose(error);
    }
  }

  private lose(cause: unknown): void {
    this.end.reject(new Unavailable(undefined, { cause }));
    if (this.connection.inTransaction) this.connection.exec('ROLLBACK');
  }
}
