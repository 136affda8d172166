import { ValidationFailed } from '@gatehouse/contracts';

/** The token of a link is unknown, was used, or has expired: which one is not told. */
export class LinkSpent extends ValidationFailed {
  constructor() {
    super({ token: ['token is not valid any more: ask for a new link'] });
  }
}
