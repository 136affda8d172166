import { DomainError, NotFound } from '@gatehouse/contracts';

/** There is a client of that id already. */
export class ClientIdTaken extends DomainError {
  readonly code = 'conflict';

  constructor() {
    super('There is a client of this id already.');
  }
}

/** There is no client of that id. */
export class ClientUnknown extends NotFound {
  constructor() {
    super('There is no client of this id.');
  }
}
