import type { SessionDto } from '@gatehouse/contracts';
import type { Session } from './session.entity.js';

/** A session as the wire carries one. @param currentId the one that the request belongs to */
export function sessionResponse(session: Session, currentId: string | undefined): SessionDto {
  return {
    id: session.id,
    client_id: session.clientId,
    device: session.device,
    address: session.address,
    created_at: session.createdAt.toISOString(),
    last_used_at: session.lastUsedAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
    current: session.id === currentId,
  };
}
