import { Characters } from '../validation/characters.decorator.js';

/** The body of `POST /password_resets`. */
export class PasswordResetRequest {
  @Characters(1, 254)
  email!: string;
}

/** The body of `PUT /password_resets`. */
export class NewPasswordRequest {
  /** From the link in the mail. */
  @Characters(1, 255)
  token!: string;

  /** The minimum is a setting of the service. */
  @Characters(1, 128)
  password!: string;
}
