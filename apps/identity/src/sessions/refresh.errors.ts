import { DomainError } from '@gatehouse/contracts';

/** The refresh token is unknown, spent, of an ended session, or another client's: which one is not told. */
export class InvalidRefreshToken extends DomainError {
  readonly code = 'invalid_token';

  constructor() {
    super('The refresh token is not valid.');
  }
}
