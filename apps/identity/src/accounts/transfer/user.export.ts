import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { AuditTrail } from '../../audit/audit.trail.js';
import type { AdministrativeAct } from '../administration/administrative.act.js';
import { User } from '../user.entity.js';
import { ExternalId } from './external-id.entity.js';

/** A user as an import reads one. */
export type ExportedUser = Readonly<Record<string, string | boolean | null>>;

const BATCH = 1_000;

/** Writes out all accounts, in a form that an import reads. */
@Injectable()
export class UserExport {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  /** All accounts, so many at a time, in order of their ids. @param withDigests tells password digests as well */
  async *open(withDigests: boolean, { actorId }: AdministrativeAct): AsyncGenerator<ExportedUser[]> {
    const details = { digests: withDigests ? 'with' : 'without' };
    await this.database.transaction((manager) =>
      this.audit.record(manager, { type: 'users.export', actorId, details }),
    );
    for (let last = ''; ;) {
      const users = await this.database.manager.find(User, {
        where: { id: MoreThan(last) },
        order: { id: 'ASC' },
        take: BATCH,
      });
      if (users.length === 0) return;
      const names = await this.externalIdsOf(users);
      yield users.map((user) => exported(user, names.get(user.id) ?? null, withDigests));
      last = users.at(-1)!.id;
    }
  }

  private async externalIdsOf(users: readonly User[]): Promise<Map<string, string>> {
    const rows = await this.database.manager.findBy(ExternalId, { userId: In(users.map(({ id }) => id)) });
    return new Map(rows.map(({ userId, id }) => [userId, id]));
  }
}

function exported(user: User, externalId: string | null, withDigests: boolean): ExportedUser {
  return {
    id: user.id,
    external_id: externalId,
    email: user.email,
    ...(withDigests && { encrypted_password: user.passwordDigest }),
    password_reset_required: user.passwordResetRequired,
    roles: user.roles.join(' '),
    locale: user.locale,
    confirmed_at: timeText(user.emailConfirmedAt),
    disabled_at: timeText(user.disabledAt),
    last_sign_in_at: timeText(user.lastSignInAt),
    created_at: timeText(user.createdAt),
    updated_at: timeText(user.updatedAt),
  };
}

function timeText(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
