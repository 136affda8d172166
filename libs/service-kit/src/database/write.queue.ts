import { Unavailable } from '@gatehouse/contracts';
import type Sqlite from 'better-sqlite3';
import { CommitGroup } from './commit.group.js';
import { Mutex } from './mutex.js';

/** What one has whose turn it is to write. */
export interface WriteTurn {
  readonly group: CommitGroup;
  /** Whether nobody before is still to be committed. */
  readonly leads: boolean;
  /** Gives it back, when the transaction is kept or undone. */
  end(): void;
}

export interface WriteWish {
  /** Until when it is worth beginning, in the time of `performance.now()`. */
  readonly deadline: number;
  /** Whether those before have to be committed first. */
  readonly leads: boolean;
}

/** Those who write on one connection, one at a time and in order; those who meet there are committed together. */
export class WriteQueue {
  private readonly turns = new Mutex();
  private group: CommitGroup | undefined;

  constructor(private readonly connection: Sqlite.Database) {}

  /** How many write, or wait for it. */
  get size(): number {
    return this.turns.size;
  }

  /** @throws Unavailable when the turn comes too late */
  async enter({ deadline, leads }: WriteWish): Promise<WriteTurn> {
    const leave = await this.turns.enter();
    const end = () => {
      if (this.turns.size === 1 || this.group?.isFull) this.commit();
      leave();
    };
    try {
      if (performance.now() > deadline) throw new Unavailable();
      if (leads) this.commit();
      const isFirst = !this.group;
      const group = (this.group ??= await CommitGroup.begin(this.connection, deadline));
      group.enter();
      return { group, leads: isFirst, end };
    } catch (error) {
      end();
      throw error;
    }
  }

  private commit(): void {
    this.group?.commit();
    this.group = undefined;
  }
}
