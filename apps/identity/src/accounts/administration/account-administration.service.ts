import type { Locale } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditEventType } from '../../audit/audit-event.entity.js';
import { AuditTrail } from '../../audit/audit.trail.js';
import { AccountDeletion } from '../account.deletion.js';
import { UserAccess } from '../user.access.js';
import { changeUser } from '../user.change.js';
import { type Role, User } from '../user.entity.js';
import { UsersRepository } from '../users.repository.js';
import { holdActor, refuseOwn } from './acting.admin.js';
import type { AdministrativeAct } from './administrative.act.js';

/** What an admin changes of an account; what is left out stays. */
export interface AccountChanges {
  roles?: Role[];
  disabled?: boolean;
  locale?: Locale;
}

/** What admins do to the accounts of others. Each is done as a whole: the end of what it ends, and the audit event. */
@Injectable()
export class AccountAdministration {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly access: UserAccess,
    private readonly deletion: AccountDeletion,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws NotFound, OwnAccountAdministered, NoLongerAdmin */
  change(userId: string, changes: AccountChanges, act: AdministrativeAct): Promise<User> {
    if (changes.disabled || (changes.roles && !changes.roles.includes('admin'))) refuseOwn(userId, act);
    return this.database.transaction(async (manager) => {
      const user = await this.hold(manager, userId, act);
      if (changes.locale) await this.changeLocale(manager, user, changes.locale, act);
      if (changes.roles) await this.changeRoles(manager, user, changes.roles, act);
      if (changes.disabled === true) await this.disable(manager, user, act);
      if (changes.disabled === false) await this.enable(manager, user, act);
      return manager.findOneByOrFail(User, { id: userId });
    });
  }

  /** Lets a user in again through the reset link alone. @throws NotFound */
  requirePasswordReset(userId: string, act: AdministrativeAct): Promise<void> {
    return this.database.transaction(async (manager) => {
      const { id } = await this.hold(manager, userId, act);
      await changeUser(manager, id, { passwordResetRequired: true });
      await this.access.endSessions(manager, id);
      await this.record(manager, 'user.password_reset_requirement', id, act);
    });
  }

  /** Signs a user out everywhere; API keys stay. @throws NotFound */
  endSessions(userId: string, act: AdministrativeAct): Promise<void> {
    return this.database.transaction(async (manager) => {
      const { id } = await this.hold(manager, userId, act);
      await this.access.endSessions(manager, id);
      await this.record(manager, 'session.end', id, act, { reason: 'ended_by_admin' });
    });
  }

  /** @throws NotFound, OwnAccountAdministered, NoLongerAdmin */
  delete(userId: string, act: AdministrativeAct): Promise<void> {
    refuseOwn(userId, act);
    return this.database.transaction(async (manager) => {
      const user = await this.hold(manager, userId, act);
      await this.deletion.delete(manager, user, act);
    });
  }

  private async hold(manager: EntityManager, userId: string, act: AdministrativeAct): Promise<User> {
    await holdActor(manager, act);
    return this.users.hold(manager, userId);
  }

  private async changeLocale(
    manager: EntityManager,
    { id, locale: before }: User,
    locale: Locale,
    act: AdministrativeAct,
  ): Promise<void> {
    if (locale === before) return;
    await changeUser(manager, id, { locale });
    await this.record(manager, 'user.locale_change', id, act, { before, after: locale });
  }

  private async changeRoles(
    manager: EntityManager,
    { id, roles: before }: User,
    roles: Role[],
    act: AdministrativeAct,
  ): Promise<void> {
    if (roles.toSorted().join(' ') === before.toSorted().join(' ')) return;
    await changeUser(manager, id, { roles });
    // Their tokens say what the user was.
    await this.access.narrow(manager, { id, roles });
    await this.record(manager, 'user.role_change', id, act, {
      before: before.join(' '),
      after: roles.join(' '),
    });
  }

  private async disable(manager: EntityManager, { id, disabledAt }: User, act: AdministrativeAct) {
    if (disabledAt) return;
    await changeUser(manager, id, { disabledAt: new Date() });
    await this.access.end(manager, id);
    await this.record(manager, 'user.disabling', id, act);
  }

  private async enable(manager: EntityManager, { id, disabledAt }: User, act: AdministrativeAct) {
    if (!disabledAt) return;
    await changeUser(manager, id, { disabledAt: null });
    await this.record(manager, 'user.enabling', id, act);
  }

  private record(
    manager: EntityManager,
    type: AuditEventType,
    subjectId: string,
    { actorId, origin }: AdministrativeAct,
    details: Record<string, string> = {},
  ): Promise<void> {
    return this.audit.record(manager, { type, actorId, subjectId, details, origin });
  }
}
