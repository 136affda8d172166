import { currentRequest, Metrics, Table } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { IsNull, type EntityManager } from 'typeorm';
import { newId } from '../database/identifier.js';
import { AuditEvent } from './audit-event.entity.js';
import type { RequestOrigin } from './request.origin.js';

const EVENTS = new Table(AuditEvent);

/** What happened, as those who did it tell it. */
export interface AuditEntry
  extends Pick<AuditEvent, 'type'>, Partial<Pick<AuditEvent, 'outcome' | 'details'>> {
  actorId?: string | null;
  subjectId?: string | null;
  /** Absent when the service did it by itself. */
  origin?: RequestOrigin;
}

/** The audit trail: it grows, and offers no way to change what is in it but to leave out where the gone came from. */
@Injectable()
export class AuditTrail {
  private readonly events: Counter<'type' | 'outcome'>;

  constructor({ registry }: Metrics) {
    this.events = new Counter({
      name: 'identity_audit_events_total',
      help: 'What happened to accounts, sessions, clients and keys, by its type in the audit trail.',
      labelNames: ['type', 'outcome'],
      registers: [registry],
    });
  }

  /** Adds an event to the transaction of what it tells of: both are kept, or neither. */
  record(manager: EntityManager, entry: AuditEntry): Promise<void> {
    return this.recordAll(manager, [entry]);
  }

  /** As {@link record}, of many at once. */
  async recordAll(manager: EntityManager, entries: readonly AuditEntry[]): Promise<void> {
    const events = entries.map(eventOf);
    await EVENTS.insert(manager, events);
    for (const { type, outcome } of events) this.events.inc({ type, outcome });
  }

  /** What a user did stays; where a deleted one did it from is personal data and goes. */
  async forgetOrigins(manager: EntityManager, userId: string): Promise<void> {
    const nowhere = { address: null, device: null };
    await manager.update(AuditEvent, { actorId: userId }, nowhere);
    await manager.update(AuditEvent, { subjectId: userId, actorId: IsNull() }, nowhere);
  }
}

function eventOf({ origin, ...entry }: AuditEntry): AuditEvent {
  const now = Date.now();
  return {
    outcome: 'success',
    details: {},
    actorId: null,
    subjectId: null,
    ...entry,
    id: newId('evt', now),
    address: origin?.address ?? null,
    device: origin?.device ?? null,
    requestId: currentRequest()?.requestId ?? null,
    createdAt: new Date(now),
  };
}
