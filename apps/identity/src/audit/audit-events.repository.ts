import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { And, LessThan, MoreThanOrEqual } from 'typeorm';
import { firstIdAt } from '../database/identifier.js';
import { type Page, pageOf, type PageChoice } from '../database/page.js';
import { AuditEvent, type AuditEventType } from './audit-event.entity.js';

/** Which events. */
export interface AuditEventChoice {
  readonly type?: string;
  /** Whom or what they were done to, by id. */
  readonly subject?: string;
  /** ISO 8601; not before. */
  readonly since?: string;
}

// Sorts behind every id.
const END = 'evt_~';

/** Reads the audit trail, which {@link AuditTrail} writes. */
@Injectable()
export class AuditEventsRepository {
  constructor(private readonly database: Database) {}

  /** The latest first. Ids tell the time, so one index finds what is asked for in its order. */
  async findPage(
    { limit, after = END }: PageChoice,
    { type, subject, since }: AuditEventChoice,
  ): Promise<Page<AuditEvent>> {
    const first = firstIdAt('evt', since === undefined ? 0 : Date.parse(since));
    const rows = await this.database.manager.find(AuditEvent, {
      where: {
        id: And(MoreThanOrEqual(first), LessThan(after)),
        ...(type !== undefined && { type: type as AuditEventType }),
        ...(subject !== undefined && { subjectId: subject }),
      },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(rows, limit);
  }
}
