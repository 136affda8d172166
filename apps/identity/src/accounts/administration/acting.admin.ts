import { IsNull, type EntityManager } from 'typeorm';
import { holdSignIn } from '../../clients/api-keys/sign-in.hold.js';
import { User } from '../user.entity.js';
import { NoLongerAdmin, OwnAccountAdministered } from './administration.errors.js';
import { type AdministrativeAct, isConsoleAct } from './administrative.act.js';

/**
 * Nobody takes the role or the account from themselves. So whoever acts is an admin afterwards, and one is left
 * without anybody counting them.
 *
 * @throws OwnAccountAdministered
 */
export function refuseOwn(userId: string, { actorId }: AdministrativeAct): void {
  if (userId === actorId) throw new OwnAccountAdministered();
}

/**
 * Sees to it that who acts still is an admin who is signed in, and stays so until the transaction ends: of two who
 * demote each other at once, one does, and nobody makes an accomplice after that.
 *
 * @throws NoLongerAdmin, InvalidToken
 */
export async function holdActor(manager: EntityManager, act: AdministrativeAct): Promise<void> {
  const { actorId, sessionId } = act;
  if (actorId === null || isConsoleAct(act)) return;
  // Changes nothing, and holds the row.
  await manager.update(User, { id: actorId, disabledAt: IsNull() }, { disabledAt: null });
  const actor = await manager.findOneBy(User, { id: actorId, disabledAt: IsNull() });
  if (!actor?.roles.includes('admin')) throw new NoLongerAdmin();
  if (sessionId !== undefined) await holdSignIn(manager, sessionId);
}
