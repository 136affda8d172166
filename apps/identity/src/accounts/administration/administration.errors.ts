import { DomainError } from '@gatehouse/contracts';

/** Another account has this address. Told to admins alone. */
export class AddressTaken extends DomainError {
  readonly code = 'conflict';

  constructor() {
    super('There is an account with this address already.');
  }
}
