import { DomainError } from '@gatehouse/contracts';

/**
 * What the session cookie carried may have been sent by a page of somebody else: an unsafe request that did not repeat
 * the session's CSRF value, or a WebSocket's handshake from another origin. 403.
 *
 * @example
 * throw new CsrfFailed();
 */
export class CsrfFailed extends DomainError {
  readonly code = 'csrf_failed';

  constructor(message = 'Send the value of the XSRF-TOKEN cookie once, as X-CSRF-Token.') {
    super(message);
  }
}
