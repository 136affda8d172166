import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit.trail.js';
import type { RequestOrigin } from '../audit/request.origin.js';
import { TooManyRequests } from '../throttling/too-many-requests.error.js';

/** Tells the audit trail of somebody who is locked out: once, since whoever goes on must not be able to fill it. */
@Injectable()
export class LockOuts {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @param error what an attempt has come to, be it a lock-out or not
   * @param findSubject gives the id of the user whom it was tried as, if there is one
   */
  async note(
    error: unknown,
    origin: RequestOrigin,
    findSubject: () => Promise<string | null>,
  ): Promise<void> {
    if (!(error instanceof TooManyRequests) || !error.isFirst) return;
    const subjectId = await findSubject();
    await this.database.statement((manager) =>
      this.audit.record(manager, {
        type: 'user.lock_out',
        outcome: 'failure',
        subjectId,
        details: { limit: error.limit },
        origin,
      }),
    );
  }
}
