import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { insertRows } from '../database/insertion.js';
import { FeedBatch, type PlacedRevocation } from './feed.batch.js';
import { FeedPosition } from './feed-position.entity.js';
import { Revocation } from './revocation.entity.js';

/** How far the feed has come. */
export interface FeedState {
  /** Where this log began. */
  readonly origin: number;
  /** The latest position. */
  readonly position: number;
  /** Whether something was committed that has no position yet. */
  readonly waiting: boolean;
}

/** Rows in one INSERT: SQLite has 32,766 parameters for it. */
const INSERTED_AT_ONCE = 1_000;
const NUMBERED_AT_ONCE = 1_000;

/** Keeps the revocations, and their order. */
@Injectable()
export class RevocationsRepository {
  constructor(private readonly database: Database) {}

  async add(manager: EntityManager, rows: readonly Omit<Revocation, 'id'>[]): Promise<void> {
    for (let start = 0; start < rows.length; start += INSERTED_AT_ONCE) {
      const some = rows.slice(start, start + INSERTED_AT_ONCE);
      await insertRows(manager, Revocation, some);
    }
  }

  /** One short query, since every replica asks it many times a second. */
  async state(): Promise<FeedState> {
    const [row] = (await this.database.manager.query(
      `SELECT origin, position, EXISTS (SELECT 1 FROM revocations WHERE position IS NULL) AS waiting
       FROM revocation_feed WHERE id = 1`,
    )) as [Record<'origin' | 'position' | 'waiting', number>];
    return { ...row, waiting: row.waiting === 1 };
  }

  /**
   * Gives positions to what was committed without one. Transactions commit in any order, and a reader who had passed
   * a position would never look back: so it is given here, to rows that everybody can see, by one process at a time.
   */
  async number(): Promise<void> {
    await this.database.transaction(async (manager) => {
      await manager.increment(FeedPosition, { id: 1 }, 'position', 0); // holds the row until the end
      const ids = await unnumbered(manager);
      if (ids.length === 0) return;
      const { position } = await manager.findOneByOrFail(FeedPosition, { id: 1 });
      // Never behind the clock: should the database be restored from a backup, new positions are new all the same.
      const offset = Math.max(position + 1, Date.now()) - ids[0]!;
      await manager.update(Revocation, { id: In(ids) }, { position: () => `id + ${offset}` });
      await manager.update(FeedPosition, { id: 1 }, { position: ids.at(-1)! + offset });
    });
  }

  /** Live revocations after one position and up to another, in order: the first few of them. */
  async batch(after: number, upTo: number, limit: number): Promise<FeedBatch> {
    const revocations = await this.database.manager
      .createQueryBuilder(Revocation, 'revocation')
      .select('position', 'position')
      .addSelect('kind', 'kind')
      .addSelect('revoked_id', 'id')
      .addSelect('expires_at', 'expiresAt')
      .addSelect('issued_until', 'before')
      .where('position > :after AND position <= :upTo AND expires_at > :now', { after, upTo, now: seconds() })
      .orderBy('position')
      .limit(limit)
      .getRawMany<PlacedRevocation>();
    return new FeedBatch(revocations, revocations.length < limit ? upTo : revocations.at(-1)!.position);
  }
}

async function unnumbered(manager: EntityManager): Promise<number[]> {
  const rows = await manager
    .createQueryBuilder(Revocation, 'revocation')
    .select('id', 'id')
    .where('position IS NULL')
    .orderBy('id')
    .limit(NUMBERED_AT_ONCE)
    .getRawMany<{ id: number }>();
  return rows.map(({ id }) => id);
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
