import { IsIn, IsString } from 'class-validator';
import { Characters } from '../validation/characters.decorator.js';
import { EmailAddress } from '../validation/email-address.decorator.js';
import { IfPresent } from '../validation/if-present.decorator.js';
import { LOCALES, type Locale } from './locale.js';

/** The body of `POST /users`. */
export class SignUpRequest {
  @EmailAddress()
  email!: string;

  /** The minimum is a setting of the service. */
  @Characters(1, 128)
  password!: string;

  /** What `Accept-Language` prefers, where it is left out. */
  @IfPresent()
  @IsIn(LOCALES)
  locale?: Locale;
}

/** The body of `POST /confirmation`. */
export class ConfirmationRequest {
  /** From the link in the mail. */
  @Characters(1, 255)
  token!: string;
}

/** The body of `POST /confirmation/resend`. */
export class ConfirmationResendRequest {
  @Characters(1, 254)
  email!: string;
}

/** The answer of what is told by mail alone: one and the same, whoever has the address. */
export class Accepted {
  @IsString()
  message!: string;
}
