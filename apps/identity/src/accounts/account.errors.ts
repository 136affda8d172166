import { DomainError } from '@gatehouse/contracts';
import { challenge } from '@gatehouse/tokens';

/** Someone may not sign in. `userId` is for the audit trail: it is never sent. */
export abstract class SignInRefused extends DomainError {
  constructor(
    message: string,
    readonly userId?: string,
  ) {
    super(message);
  }
}

/** The address, the password or both are wrong: which one is not told. */
export class InvalidCredentials extends SignInRefused {
  readonly code = 'invalid_credentials';
  override readonly headers = { 'WWW-Authenticate': challenge({ realm: 'gatehouse' }) }; // RFC 9110 §15.5.2

  constructor(userId?: string) {
    super('The email address or the password is wrong.', userId);
  }
}

/** The right password, but the address has not been confirmed yet. */
export class AccountUnconfirmed extends SignInRefused {
  readonly code = 'account_unconfirmed';

  constructor(userId: string) {
    super('Confirm your email address first: follow the link in the mail we sent you.', userId);
  }
}

/** The right password, but only the reset link lets this account in. */
export class PasswordResetRequired extends SignInRefused {
  readonly code = 'password_reset_required';

  constructor(userId: string) {
    super('Set a new password first: ask for a reset link.', userId);
  }
}

/** The right password, but an admin has disabled the account. */
export class AccountDisabled extends SignInRefused {
  readonly code = 'account_disabled';

  constructor(userId: string) {
    super('This account is disabled.', userId);
  }
}
