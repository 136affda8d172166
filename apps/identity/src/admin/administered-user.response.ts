import type { AdministeredUserDto } from '@gatehouse/contracts';
import type { User } from '../accounts/user.entity.js';
import { userResponse } from '../accounts/user.response.js';

/** A user as admins see one. */
export function administeredUserResponse(user: User): AdministeredUserDto {
  return {
    ...userResponse(user),
    disabled: user.disabledAt !== null,
    password_reset_required: user.passwordResetRequired,
    last_sign_in_at: user.lastSignInAt?.toISOString() ?? null,
  };
}
