import type { EntityManager } from 'typeorm';
import { User } from './user.entity.js';

/**
 * Changes what a user is; only that moves `updatedAt`, not that the user comes and goes.
 *
 * @returns everything that is different now
 */
export async function changeUser(
  manager: EntityManager,
  id: string,
  changes: Partial<Omit<User, 'id' | 'updatedAt'>>,
): Promise<Partial<User>> {
  const changed = { ...changes, updatedAt: new Date() };
  await manager.update(User, { id }, changed);
  return changed;
}
