import { PROBLEMS, type DomainError, OAuthErrorBody, type OAuthErrorCode } from '@gatehouse/contracts';
import type { ErrorFormat } from '@gatehouse/service-kit';
import { OAuthError } from './oauth.error.js';

/** How everything below `/oauth` says no (RFC 6749 §5.2), an unknown route and a broken body included. */
export const oauthErrorFormat: ErrorFormat = {
  prefix: '/oauth',
  body: OAuthErrorBody,
  write(error) {
    const body: OAuthErrorBody = { error: oauthErrorCodeOf(error), error_description: error.message };
    return { status: PROBLEMS[error.code].status, headers: { 'Cache-Control': 'no-store' }, body };
  },
};

/** The word of OAuth 2.0 for an error of ours. */
export function oauthErrorCodeOf(error: DomainError): OAuthErrorCode {
  if (error instanceof OAuthError) return error.error;
  switch (error.code) {
    case 'internal_error':
      return 'server_error';
    case 'unavailable':
    case 'too_many_requests':
      return 'temporarily_unavailable';
    default:
      return 'invalid_request';
  }
}
