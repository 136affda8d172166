import { Database } from '@gatehouse/service-kit';
import type { AccessTokenClaims } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit.trail.js';
import type { RequestOrigin } from '../audit/request.origin.js';
import { RevocationLog } from '../revocation/revocation.log.js';

/** Ends single access tokens. */
@Injectable()
export class TokenRevocation {
  constructor(
    private readonly database: Database,
    private readonly revocations: RevocationLog,
    private readonly audit: AuditTrail,
  ) {}

  async revoke(
    { jti, exp, sub }: AccessTokenClaims,
    actorId: string | null,
    origin: RequestOrigin,
  ): Promise<void> {
    await this.database.transaction(async (manager) => {
      await this.revocations.record(manager, { kind: 'token', id: jti, expiresAt: new Date(exp * 1_000) });
      const details = { token_id: jti };
      await this.audit.record(manager, {
        type: 'token.revocation',
        actorId,
        subjectId: sub,
        details,
        origin,
      });
    });
  }
}
