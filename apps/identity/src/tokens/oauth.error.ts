import { DomainError, type OAuthErrorCode, type ProblemCode } from '@gatehouse/contracts';

// RFC 6749 §5.2, RFC 8707 §2, RFC 7009 §2.2.1: 400, except for client authentication.
const CODES = {
  invalid_request: 'invalid_request',
  invalid_client: 'invalid_credentials',
  invalid_grant: 'invalid_request',
  unauthorized_client: 'invalid_request',
  unsupported_grant_type: 'invalid_request',
  invalid_scope: 'invalid_request',
  invalid_target: 'invalid_request',
  invalid_token: 'invalid_token',
  temporarily_unavailable: 'unavailable',
  server_error: 'internal_error',
} as const satisfies Record<OAuthErrorCode, ProblemCode>;

/** A refusal in the words of OAuth 2.0; the message becomes `error_description`. */
export class OAuthError extends DomainError {
  readonly code: ProblemCode;

  constructor(
    readonly error: OAuthErrorCode,
    description: string,
  ) {
    super(description);
    this.code = CODES[error];
  }
}

/** The client did not prove who it is (RFC 6749 §5.2). */
export class InvalidClient extends OAuthError {
  override readonly headers = { 'WWW-Authenticate': 'Basic realm="gatehouse", charset="UTF-8"' }; // RFC 7617 §2

  constructor() {
    super('invalid_client', 'Client authentication failed.');
  }
}
