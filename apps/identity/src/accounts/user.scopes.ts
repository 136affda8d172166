import { type Scope, USER_SCOPES } from '@gatehouse/contracts';
import type { User } from './user.entity.js';

/** What a user may do at most: it follows from the roles. */
export function scopesOf({ roles }: Pick<User, 'roles'>): Scope[] {
  return roles.includes('admin') ? [...USER_SCOPES, 'admin'] : [...USER_SCOPES];
}
