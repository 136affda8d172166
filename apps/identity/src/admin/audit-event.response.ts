import type { AuditEventDto } from '@gatehouse/contracts';
import type { AuditEvent } from '../audit/audit-event.entity.js';

/** An audit event as the wire carries one. */
export function auditEventResponse(event: AuditEvent): AuditEventDto {
  return {
    id: event.id,
    type: event.type,
    outcome: event.outcome,
    actor_id: event.actorId,
    subject_id: event.subjectId,
    details: event.details,
    address: event.address,
    device: event.device,
    request_id: event.requestId,
    created_at: event.createdAt.toISOString(),
  };
}
