import type { AccessOptions } from '../access.options.js';
import type { GuardedRequest } from '../carriers/guarded.request.js';

/**
 * Whether a handshake was begun by a page of this service, or of one it trusts (RFC 6455 §10.2). Browsers send the
 * session cookie with the handshakes of every page, ask for no permission before, and always say whose page it is.
 */
export function isFromHere(
  { headers: { origin, host } }: GuardedRequest,
  { resource, allowedOrigins = [] }: Pick<AccessOptions, 'resource' | 'allowedOrigins'>,
): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (allowedOrigins.includes(origin)) return true;
  // Where the public URL is known it says the scheme as well, and no proxy can have changed it.
  return resource === undefined ? new URL(origin).host === host : origin === new URL(resource).origin;
}
