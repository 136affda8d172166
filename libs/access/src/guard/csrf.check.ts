import { timingSafeEqual } from 'node:crypto';
import type { GuardedRequest } from '../carriers/guarded.request.js';
import { CsrfFailed } from '../errors/csrf-failed.error.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']); // RFC 9110 §9.2.1

const FORM = /^application\/x-www-form-urlencoded\b/i;

/**
 * Refuses what a browser may have been tricked into sending with the session cookie (OWASP CSRF Prevention, signed
 * double submit): an unsafe method repeats the value that the session's token claims, exactly once.
 *
 * @param claimed the token's `csrf_token`; without one no unsafe method passes
 * @throws CsrfFailed
 */
export function assertMeant(request: GuardedRequest, claimed: string | undefined): void {
  // No page of another site can have an Authorization header sent, and the cookie is ignored beside one.
  if (request.headers.authorization !== undefined) return;
  if (!SAFE_METHODS.has(request.method ?? '') && !repeats(request, claimed)) throw new CsrfFailed();
}

function repeats(request: GuardedRequest, claimed: string | undefined): boolean {
  const [sent, another] = sentValues(request);
  return typeof sent === 'string' && another === undefined && isSame(sent, claimed ?? '');
}

function sentValues({ headers, body }: GuardedRequest): unknown[] {
  const form = FORM.test(headers['content-type'] ?? '')
    ? (body as Record<string, unknown> | undefined)
    : undefined;
  return [headers['x-csrf-token'], headers['x-xsrf-token'], form?.['authenticity_token']].filter(
    (value) => value !== undefined,
  );
}

function isSame(sent: string, claimed: string): boolean {
  const [one, other] = [Buffer.from(sent), Buffer.from(claimed)];
  return one.length > 0 && one.length === other.length && timingSafeEqual(one, other);
}
