import { DomainError, Forbidden } from '@gatehouse/contracts';

/** Admins leave each other alone to this: so there is always one left, the one who acts. */
export class OwnAccountAdministered extends DomainError {
  readonly code = 'conflict';

  constructor() {
    super('You cannot disable, delete or demote yourself. Another admin can.');
  }
}

/** The only admin who can sign in would leave nobody to administer. */
export class LastAdmin extends DomainError {
  readonly code = 'conflict';

  constructor() {
    super('You are the only admin. Make somebody else one first.');
  }
}

/** Who acts was an admin when the request came, and is none any more. */
export class NoLongerAdmin extends Forbidden {
  constructor() {
    super('You are no longer an admin.');
  }
}

/** Another account has this address. Told to admins alone. */
export class AddressTaken extends DomainError {
  readonly code = 'conflict';

  constructor() {
    super('There is an account with this address already.');
  }
}
