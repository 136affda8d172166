import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit.trail.js';
import { SignInLimits } from '../../throttling/sign-in.limits.js';
import { AccountDirectory } from './account.directory.js';
import type { AdministrativeAct } from './administrative.act.js';

/** Lets users try again whose sign-in has failed too often. */
@Injectable()
export class AccountUnlocking {
  constructor(
    private readonly database: Database,
    private readonly directory: AccountDirectory,
    private readonly limits: SignInLimits,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws NotFound */
  async unlock(userId: string, { actorId, origin }: AdministrativeAct): Promise<void> {
    const { id, email } = await this.directory.get(userId);
    await this.database.transaction((manager) =>
      this.audit.record(manager, { type: 'user.unlocking', actorId, subjectId: id, origin }),
    );
    await this.limits.unlock(email);
  }
}
