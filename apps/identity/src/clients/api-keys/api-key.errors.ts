import { DomainError, Forbidden } from '@gatehouse/contracts';

/** The API key is unknown, has ended or expired, or its user may not sign in: which one is not told. */
export class InvalidApiKey extends DomainError {
  readonly code = 'invalid_token';

  constructor() {
    super('The API key is not valid.');
  }
}

/** A token that was exchanged for the user's asked for a key, which would outlive it. */
export class MadeByAnother extends Forbidden {
  constructor() {
    super('Whoever acts for a user cannot make API keys. Sign in to make one.');
  }
}

/** Whoever has a key could else make one that outlives it. */
export class MadeByApiKey extends Forbidden {
  constructor() {
    super('An API key cannot make API keys. Sign in to make one.');
  }
}

/** A user has as many keys as anybody needs. */
export class TooManyApiKeys extends DomainError {
  readonly code = 'conflict';

  constructor(limit: number) {
    super(`You have ${limit} API keys already. Delete one that is not needed any more.`);
  }
}
