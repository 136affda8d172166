import { Database, Metrics } from '@gatehouse/service-kit';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Schedule, type ScheduledWork } from '../scheduling/schedule.js';
import { BATCH, EXPIRED_ROWS, type ExpiredRows, timesAt } from './expired.rows.js';

/** Deletes what nobody needs any more, a few rows at a time. */
@Injectable()
export class Housekeeping implements OnModuleInit, ScheduledWork {
  readonly name = 'housekeeping';
  readonly every = 60_000;
  private readonly purged: Counter<'table'>;

  constructor(
    private readonly database: Database,
    private readonly schedule: Schedule,
    { registry }: Metrics,
  ) {
    this.purged = new Counter({
      name: 'identity_purged_rows_total',
      help: 'Rows deleted because nobody needs them any more.',
      labelNames: ['table'],
      registers: [registry],
    });
  }

  onModuleInit(): void {
    this.schedule.add(this);
  }

  /** One table is emptied of what has expired before the next one is looked at. */
  async step(): Promise<boolean> {
    for (const rows of EXPIRED_ROWS) {
      if ((await this.purge(rows)) === BATCH) return true;
    }
    return false;
  }

  /** Looked up first, since a DELETE by a condition would lock what lies beside it. */
  private async purge({ entity, key, where }: ExpiredRows): Promise<number> {
    const query = this.database.manager.createQueryBuilder(entity, 'expired').select(key, 'key');
    const rows = await query.where(where, timesAt(Date.now())).limit(BATCH).getRawMany<{ key: string }>();
    if (rows.length === 0) return 0;
    const keys = rows.map((row) => row.key);
    await this.database.transaction((manager) => manager.delete(entity, keys));
    this.purged.inc({ table: this.database.dataSource.getMetadata(entity).tableName }, keys.length);
    return keys.length;
  }
}
