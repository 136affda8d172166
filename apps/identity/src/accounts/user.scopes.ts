import type { Scope } from '@gatehouse/contracts';
import type { User } from './user.entity.js';

const OF_EVERY_USER: readonly Scope[] = ['articles:read', 'articles:write', 'account'];

/** What a user may do at most: it follows from the roles. */
export function scopesOf({ roles }: Pick<User, 'roles'>): Scope[] {
  return roles.includes('admin') ? [...OF_EVERY_USER, 'admin'] : [...OF_EVERY_USER];
}
