import { IsIn } from 'class-validator';
import { Characters } from '../validation/characters.decorator.js';
import { EmailAddress } from '../validation/email-address.decorator.js';
import { IfPresent } from '../validation/if-present.decorator.js';
import { LOCALES, type Locale } from './locale.js';

/** The body of `PATCH /me`. Members left out stay as they are. */
export class UpdateOwnAccountRequest {
  @IfPresent()
  @IsIn(LOCALES)
  locale?: Locale;

  /** Used once the link that is sent there was followed; until then the old address stays. */
  @IfPresent()
  @EmailAddress()
  email?: string;
}

/** The body of `POST /me/password`. */
export class ChangePasswordRequest {
  @Characters(1, 1024)
  current_password!: string;

  /** The new one; the minimum is a setting of the service. */
  @Characters(1, 128)
  password!: string;
}

/** The body of `DELETE /me`. */
export class DeleteOwnAccountRequest {
  /** The current one, to show that it is the owner who asks. */
  @Characters(1, 1024)
  password!: string;
}
