import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';
import { soleStatement } from './sealed.transaction.js';

/** What is done in one transaction, all of it through the manager that it is given. */
export type TransactionWork<T> = (manager: EntityManager) => Promise<T>;

/** How many connections do something, and how many callers wait for one. */
export interface DatabaseLoad {
  readonly inUse: number;
  readonly waiting: number;
}

/** The database of one service. Inject it to read and to write; repositories of single entities read as well. */
export abstract class Database {
  private readonly transactions = new AsyncLocalStorage<{ open: boolean }>();

  /** What repositories read through. */
  abstract readonly dataSource: DataSource;

  /** How busy it is right now. */
  abstract get load(): DatabaseLoad;

  /** Reads what is committed. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /**
   * Every write goes through here: all of `work` is committed, or none of it. Do nothing in `work` but use its
   * manager: it may run more than once, where other transactions are in its way.
   *
   * @returns what `work` gives
   * @throws Unavailable when the database is away, full, or too busy; whatever `work` throws
   */
  async transaction<T>(work: TransactionWork<T>): Promise<T> {
    this.refuseNested();
    return this.run((manager) => this.within(work, manager));
  }

  /**
   * A transaction whose work is one statement. With MySQL that statement commits itself, which spares the two around it.
   *
   * @throws as {@link transaction}; where `work` sends another statement
   */
  async statement<T>(work: TransactionWork<T>): Promise<T> {
    this.refuseNested();
    return this.runOne((manager) => this.within(work, manager));
  }

  /** Closes what the owner of {@link dataSource} does not. */
  async close(): Promise<void> {}

  protected abstract run<T>(work: TransactionWork<T>): Promise<T>;

  protected runOne<T>(work: TransactionWork<T>): Promise<T> {
    return this.run((manager) => soleStatement(manager.queryRunner!, work));
  }

  private refuseNested(): void {
    if (!this.transactions.getStore()?.open) return;
    // With SQLite it would wait for itself, with MySQL it would not see what the outer one has written.
    throw new Error('A transaction is open already: pass its manager on instead of beginning another one.');
  }

  private async within<T>(work: TransactionWork<T>, manager: EntityManager): Promise<T> {
    const transaction = { open: true };
    try {
      return await this.transactions.run(transaction, () => work(manager));
    } finally {
      transaction.open = false;
    }
  }
}
