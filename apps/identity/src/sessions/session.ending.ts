import { NotFound } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit.trail.js';
import type { RequestOrigin } from '../audit/request.origin.js';
import { type SessionChoice, Sessions } from './sessions.service.js';

/** Who ends sessions, and why. */
export interface EndingCause {
  /** The user or the client that asked for it. */
  actorId: string | null;
  /** A stable word for the audit trail. */
  reason: 'sign_out' | 'ended_by_user' | 'ended_by_admin' | 'refresh_token_revocation';
  /** Absent at the command line. */
  origin?: RequestOrigin;
}

/** Ends sessions at somebody's request. */
@Injectable()
export class SessionEnding {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws NotFound when the user has no such session, or no longer */
  async endOne(userId: string, sessionId: string, cause: EndingCause): Promise<void> {
    if ((await this.end({ userId, only: sessionId }, cause)) === 0)
      throw new NotFound('There is no such session.');
  }

  /** @returns how many there were to end */
  end(choice: SessionChoice, { actorId, reason, origin }: EndingCause): Promise<number> {
    return this.database.transaction(async (manager) => {
      const count = await this.sessions.end(manager, choice);
      if (count === 0) return 0;
      const details = { reason, count, ...(choice.only && { session_id: choice.only }) };
      await this.audit.record(manager, {
        type: 'session.end',
        actorId,
        subjectId: choice.userId,
        details,
        origin,
      });
      return count;
    });
  }
}
