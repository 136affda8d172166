import { DomainError, Forbidden } from '@gatehouse/contracts';

/** The API key is unknown, has ended or expired, or its user may not sign in: which one is not told. */
export class InvalidApiKey extends DomainError {
  readonly code = 'invalid_token';

  constructor() {
    super('The API key is not valid.');
  }
}

/** Asked for with an API key, or by a service that acts for the user. */
export class NotSignedIn extends Forbidden {
  constructor() {
    super('Neither an API key nor a service that acts for you can do this. Sign in to do it.');
  }
}

/** A user has as many keys as anybody needs. */
export class TooManyApiKeys extends DomainError {
  readonly code = 'conflict';

  constructor(limit: number) {
    super(`You have ${limit} API keys already. Delete one that is not needed any more.`);
  }
}
