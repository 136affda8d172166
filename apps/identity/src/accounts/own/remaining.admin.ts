import { Raw, type EntityManager } from 'typeorm';
import { LastAdmin } from '../administration/administration.errors.js';
import { isActive, User } from '../user.entity.js';

/**
 * Sees to it that an admin who leaves is not the last who can sign in, and that another one stays until the transaction
 * ends: of two who leave at once, one does. Whoever leaves must be held already.
 *
 * @throws LastAdmin
 */
export async function holdRemainingAdmin(manager: EntityManager, leaving: User): Promise<void> {
  if (!isAdmin(leaving)) return;
  for (const { id } of await manager.findBy(User, { roles: Raw((column) => `${column} LIKE '%"admin"%'`) })) {
    if (id === leaving.id) continue;
    // Changes nothing, and holds the row: what is read after it is settled.
    await manager.update(User, { id }, { updatedAt: () => 'updated_at' });
    const other = await manager.findOneBy(User, { id });
    if (other && isAdmin(other) && isActive(other)) return;
  }
  throw new LastAdmin();
}

function isAdmin({ roles }: User): boolean {
  return roles.includes('admin');
}
