import { newId } from '../database/identifier.js';
import type { User } from './user.entity.js';

/** A user as one begins: unconfirmed, without roles. */
export function newUser(given: Pick<User, 'email' | 'locale'> & Partial<User>): User {
  const now = new Date();
  return {
    id: newId('usr'),
    passwordDigest: null,
    passwordResetRequired: false,
    roles: [],
    emailConfirmedAt: null,
    disabledAt: null,
    lastSignInAt: null,
    createdAt: now,
    updatedAt: now,
    ...given,
  };
}
