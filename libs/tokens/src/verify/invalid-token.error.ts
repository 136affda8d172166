import { DomainError, type DomainErrorOptions } from '@gatehouse/contracts';
import { challenge } from '../bearer/challenge.js';

/**
 * The token that was presented is not a valid access token for this service (RFC 6750 §3.1 `invalid_token`, 401).
 * The caller is never told which check failed: `reason` is for the log.
 *
 * @example
 * try {
 *   await verifier.verify(token);
 * } catch (error) {
 *   if (error instanceof InvalidToken) logger.info({ reason: error.reason }, 'token refused');
 * }
 */
export class InvalidToken extends DomainError {
  readonly code = 'invalid_token';
  override readonly headers: Readonly<Record<string, string>>;

  /**
   * @param reason which check failed, in words for the log; it must not quote the token
   * @param options `challenge`: the `WWW-Authenticate` value, where the service knows its realm
   */
  constructor(
    readonly reason: string,
    options: DomainErrorOptions & { challenge?: string } = {},
  ) {
    super('The access token is not valid.', options);
    this.headers = { 'WWW-Authenticate': options.challenge ?? challenge({ error: 'invalid_token' }) };
  }
}
