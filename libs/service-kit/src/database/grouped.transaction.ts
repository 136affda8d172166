import { Unavailable } from '@gatehouse/contracts';
import type { QueryRunner } from 'typeorm';
import type { CommitGroup } from './commit.group.js';
import { afterwards } from './patience.js';
import { seal } from './sealed.transaction.js';
import type { WriteTurn } from './write.queue.js';

/** How long work may hold up those that come after it, in milliseconds. */
const LIMIT = 1_500;
/** The same for those before it, who wait for the commit: work that uses nothing but the database needs no timer. */
const LIMIT_OF_FOLLOWERS = 0;

/** A runner's transaction as one of a group: in place of the runner's `BEGIN` and `COMMIT` there is a turn to write. */
export class GroupedTransaction {
  private withdrawn = false;
  private hasLeft = false;
  private readonly cancel: () => void;

  constructor(
    private readonly runner: QueryRunner,
    private readonly turn: WriteTurn,
  ) {
    this.cancel = afterwards(turn.leads ? LIMIT : LIMIT_OF_FOLLOWERS, () => this.withdraw());
    const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
    const grouped = async (sql: string, ...rest: unknown[]) => {
      if (sql === 'COMMIT') return this.commit();
      return sql === 'BEGIN TRANSACTION' ? undefined : query(sql, ...rest);
    };
    Object.assign(runner, { query: grouped });
  }

  /** Whether it was undone because others waited for it, and may be done again where none do. */
  get gaveWay(): boolean {
    return this.withdrawn && !this.turn.leads;
  }

  /** Undoes it alone; all the same it is over when its group is. */
  async rollBack(reason: unknown): Promise<void> {
    if (this.withdrawn) throw new Unavailable(undefined, { cause: reason });
    if (!this.hasLeft) await this.leave((group) => group.undo(reason)).committed;
  }

  private async commit(): Promise<void> {
    if (this.withdrawn) throw new Error('The transaction took so long that it was undone.');
    await this.leave((group) => group.keep()).committed;
  }

  private withdraw(): void {
    this.withdrawn = true;
    this.leave((group) => group.undo(new Unavailable()));
  }

  /** Whatever else the work sends is refused. */
  private leave(how: (group: CommitGroup) => void): CommitGroup {
    const { group } = this.turn;
    this.hasLeft = true;
    this.cancel();
    seal(this.runner);
    try {
      how(group);
    } finally {
      this.turn.end();
    }
    return group;
  }
}
