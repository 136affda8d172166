import { BrowserEnvelope, type DomainError, PROBLEMS } from '@gatehouse/contracts';
import type { ErrorFormat } from '@gatehouse/service-kit';
import { BrowserError } from './browser.errors.js';

const PREFIXES = ['/sessions', '/current_user'];

/** How everything under `/sessions` and `/current_user` says no. */
export const browserErrorFormats: ErrorFormat[] = PREFIXES.map((prefix) => ({
  prefix,
  body: BrowserEnvelope,
  write: (error) => ({
    status: PROBLEMS[error.code].status,
    headers: { 'Cache-Control': 'no-store' },
    body: envelopeOf(error),
  }),
}));

function envelopeOf(error: DomainError): BrowserEnvelope {
  if (error instanceof BrowserError) {
    return { message: error.message, data: error.data, result_code: error.resultCode };
  }
  switch (error.code) {
    case 'validation_failed':
      return { message: 'Invalid input given', data: error.errors ?? {}, result_code: error.code };
    case 'unauthenticated':
    case 'invalid_token':
      return { message: 'Not authenticated', data: null, result_code: 'unauthenticated' };
    default:
      return { message: error.message, data: null, result_code: error.code };
  }
}
