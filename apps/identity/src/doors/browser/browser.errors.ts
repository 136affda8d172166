import { DomainError, type FieldErrors } from '@gatehouse/contracts';

/** An error that the browser door has a word of its own for. */
export abstract class BrowserError extends DomainError {
  abstract readonly resultCode: string;
  readonly data: FieldErrors | null = null;
}

/** The address has an account, the password is another; told only where REVEAL_ACCOUNT_EXISTENCE says so. */
export class IncorrectPassword extends BrowserError {
  readonly code = 'invalid_credentials';
  readonly resultCode = 'incorrect_password';
  override readonly data = { password: ['Incorrect password'] };

  constructor() {
    super('Incorrect password');
  }
}

/** The address has no account; told only where REVEAL_ACCOUNT_EXISTENCE says so. */
export class IncorrectEmail extends BrowserError {
  readonly code = 'invalid_credentials';
  readonly resultCode = 'incorrect_email';
  override readonly data = { email: ["Email address doesn't match any account"] };

  constructor() {
    super("Email address doesn't match any account");
  }
}

/** Another site sent the browser here to sign in: its user would act in somebody else's account (login CSRF). */
export class CrossSiteSignIn extends DomainError {
  readonly code = 'csrf_failed';

  constructor() {
    super('Sign in from a page of this site.');
  }
}

/** A form that any page may send: only JSON makes a browser ask first whether it may. */
export class FormSignIn extends DomainError {
  readonly code = 'unsupported_media_type';

  constructor() {
    super('Send JSON.');
  }
}
