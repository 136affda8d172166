import type { UserDto } from '@gatehouse/contracts';
import type { User } from './user.entity.js';

/** A user as the wire carries one. */
export function userResponse({
  id,
  email,
  emailConfirmedAt,
  locale,
  roles,
  createdAt,
  updatedAt,
}: User): UserDto {
  return {
    id,
    email,
    email_confirmed: emailConfirmedAt !== null,
    locale,
    roles,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}
