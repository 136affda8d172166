import type { DataSource, EntityManager } from 'typeorm';

/** The database of one service. Inject it to read and to write; repositories of single entities read as well. */
export abstract class Database {
  /** What repositories read through. */
  abstract readonly dataSource: DataSource;

  /** Reads what is committed. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /**
   * Every write goes through here: all of `work` is committed, or none of it. Do nothing in `work` but use its
   * manager: it may run more than once, where other transactions are in its way.
   *
   * @throws Unavailable when the database is away, full, or too busy
   */
  abstract transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;

  /** Closes what {@link dataSource}'s owner does not. */
  async close(): Promise<void> {}
}
