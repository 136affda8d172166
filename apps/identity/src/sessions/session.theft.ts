import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit.trail.js';
import type { RequestOrigin } from '../audit/request.origin.js';
import { MailOutbox } from '../mail/mail.outbox.js';
import type { RefreshTokenOwner } from './refresh-tokens.repository.js';
import { Sessions } from './sessions.service.js';

/** What follows when a refresh token comes again that should not. */
@Injectable()
export class SessionTheft {
  constructor(
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
    private readonly outbox: MailOutbox,
  ) {}

  /** Ends the session, whoever of the two the thief is, and tells its owner. */
  async end(
    manager: EntityManager,
    { session, user }: RefreshTokenOwner,
    origin: RequestOrigin,
  ): Promise<void> {
    await this.sessions.end(manager, { userId: user.id, only: session.id });
    const details = { session_id: session.id, reason: 'refresh_token_reuse' };
    await this.audit.record(manager, { type: 'session.end', subjectId: user.id, details, origin });
    await this.outbox.enqueue(manager, { template: 'refresh_token_theft', to: user });
  }
}
