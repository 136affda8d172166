import { IsBoolean, IsIn, IsISO8601, IsOptional, Matches } from 'class-validator';
import { LOCALES, type Locale } from '../accounts/locale.js';
import { UserDto } from '../accounts/user.dto.js';
import { PageQuery } from '../pages/page.query.js';
import { Characters } from '../validation/characters.decorator.js';
import { EachOnce } from '../validation/each-once.decorator.js';
import { EmailAddress } from '../validation/email-address.decorator.js';
import { IfPresent } from '../validation/if-present.decorator.js';

const ROLES = ['admin'] as const;

/** A user as admins see one. */
export class AdministeredUserDto extends UserDto {
  /** Whether an admin has closed the account. */
  @IsBoolean()
  disabled!: boolean;

  /** Whether only a reset link lets the user in. */
  @IsBoolean()
  password_reset_required!: boolean;

  /** UTC with milliseconds; null before the first sign-in. */
  @IsOptional()
  @IsISO8601()
  last_sign_in_at!: string | null;
}

/** The query of `GET /admin/users`. */
export class UserPageQuery extends PageQuery {
  /** How the address begins. */
  @IfPresent()
  @Characters(1, 254)
  q?: string;

  /** The id of the last user of the page before. */
  @Matches(/^usr_/, { message: 'after must be the id of a user' })
  override after?: string = undefined;
}

/** The body of `POST /admin/users`. */
export class InviteUserRequest {
  @EmailAddress()
  email!: string;

  @IfPresent()
  @EachOnce()
  @IsIn(ROLES, { each: true })
  roles: (typeof ROLES)[number][] = [];

  /** Of the mail and of what follows. */
  @IfPresent()
  @IsIn(LOCALES)
  locale: Locale = 'en';
}

/** The body of `PATCH /admin/users/:id`. Members left out stay as they are. */
export class ChangeUserRequest {
  @IfPresent()
  @EachOnce()
  @IsIn(ROLES, { each: true })
  roles?: (typeof ROLES)[number][];

  @IfPresent()
  @IsBoolean()
  disabled?: boolean;

  @IfPresent()
  @IsIn(LOCALES)
  locale?: Locale;
}
