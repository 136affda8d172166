import { currentRequest } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { newId } from '../database/identifier.js';
import { AuditEvent } from './audit-event.entity.js';
import type { RequestOrigin } from './request.origin.js';

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
  /** Adds an event to the transaction of what it tells of: both are kept, or neither. */
  async record(manager: EntityManager, { origin, ...entry }: AuditEntry): Promise<void> {
    const now = Date.now();
    await manager.insert(AuditEvent, {
      outcome: 'success',
      details: {},
      ...entry,
      id: newId('evt', now),
      address: origin?.address ?? null,
      device: origin?.device ?? null,
      requestId: currentRequest()?.requestId ?? null,
      createdAt: new Date(now),
    });
  }

  /** What a user did stays; where a deleted one did it from is personal data and goes. */
  async forgetOrigins(manager: EntityManager, userId: string): Promise<void> {
    const nowhere = { address: null, device: null };
    await manager.update(AuditEvent, { actorId: userId }, nowhere);
    await manager.update(AuditEvent, { subjectId: userId, actorId: IsNull() }, nowhere);
  }
}
