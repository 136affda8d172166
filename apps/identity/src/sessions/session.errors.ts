import { InvalidToken } from '@gatehouse/access';
import { challenge } from '@gatehouse/tokens';

/** The token is good, but of no session, where a session is to end: a service's, which was never signed in. */
export class NoSession extends InvalidToken {
  constructor() {
    super('of no session', { challenge: challenge({ realm: 'gatehouse', error: 'invalid_token' }) });
  }
}
