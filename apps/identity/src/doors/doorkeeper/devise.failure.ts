import { DomainError, type ProblemCode } from '@gatehouse/contracts';
import type { SignInRefused } from '../../accounts/account.errors.js';
import type { ResponseCode } from './doorkeeper.messages.js';

const RESPONSE_CODES: Partial<Record<ProblemCode, ResponseCode>> = {
  account_unconfirmed: 'devise.failure.unconfirmed',
  password_reset_required: 'devise.failure.password_reset_required',
  account_disabled: 'devise.failure.inactive',
};

/** A refused sign-in in the words of Devise: always 400, as the older app had it, and so without a challenge. */
export class DeviseFailure extends DomainError {
  readonly code = 'invalid_request';
  readonly responseCode: ResponseCode;

  constructor({ code, message }: SignInRefused) {
    super(message);
    this.responseCode = RESPONSE_CODES[code] ?? 'devise.failure.invalid';
  }
}
