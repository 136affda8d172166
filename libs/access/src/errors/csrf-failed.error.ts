import { DomainError } from '@gatehouse/contracts';

/**
 * An unsafe request was carried by the session cookie and did not repeat the session's CSRF value: 403.
 *
 * @example
 * throw new CsrfFailed();
 */
export class CsrfFailed extends DomainError {
  readonly code = 'csrf_failed';

  constructor() {
    super('Send the value of the XSRF-TOKEN cookie once, as X-CSRF-Token.');
  }
}
