import { type DomainError, DoorkeeperEnvelope, PROBLEMS } from '@gatehouse/contracts';
import type { ErrorFormat } from '@gatehouse/service-kit';
import type { FastifyRequest } from 'fastify';
import { preferredLocale } from '../../locales/preferred.locale.js';
import { oauthErrorCodeOf } from '../../tokens/oauth.error-format.js';
import { DeviseFailure } from './devise.failure.js';
import { envelope } from './doorkeeper.envelope.js';
import type { ResponseCode } from './doorkeeper.messages.js';

/** How everything under `/api/v1` says no: the codes of Devise and Doorkeeper, in the caller's language. */
export const doorkeeperErrorFormat: ErrorFormat = {
  prefix: '/api/v1',
  body: DoorkeeperEnvelope,
  write(error, request) {
    const locale = preferredLocale(request.headers['accept-language']);
    return {
      status: PROBLEMS[error.code].status,
      headers: { 'Cache-Control': 'no-store' },
      body: { ...envelope(responseCodeOf(error), locale), ...stateOf(request) },
    };
  },
};

function responseCodeOf(error: DomainError): ResponseCode {
  if (error instanceof DeviseFailure) return error.responseCode;
  switch (error.code) {
    case 'too_many_requests':
      return 'devise.failure.locked';
    case 'unauthenticated':
    case 'invalid_token':
      return 'doorkeeper.errors.messages.invalid_token';
    default:
      return `doorkeeper.errors.messages.${oauthErrorCodeOf(error)}`;
  }
}

/** The request's `state` comes back as it was sent (RFC 6749 §4.1.2.1 has the idea). */
function stateOf({ body, query }: Pick<FastifyRequest, 'body' | 'query'>): { state?: string } {
  const sent = [body, query].map((members) => (members as { state?: unknown } | null | undefined)?.state);
  const state = sent.find((value) => typeof value === 'string');
  return typeof state === 'string' ? { state } : {};
}
