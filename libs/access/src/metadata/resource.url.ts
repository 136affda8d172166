import type { AccessOptions } from '../access.options.js';
import type { GuardedRequest } from '../carriers/guarded.request.js';

/** Where the metadata of a resource without a path is (RFC 9728 §3). */
export const WELL_KNOWN = '/.well-known/oauth-protected-resource';

const HOST = /^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i;

/**
 * The public URL of this service: the configured one, else the origin the request was sent to. The latter is told to
 * nobody but the sender of that request.
 */
export function resourceOf(
  { resource }: Pick<AccessOptions, 'resource'>,
  request: GuardedRequest,
): string | undefined {
  if (resource !== undefined) return resource;
  const { host } = request.headers;
  return host !== undefined && HOST.test(host) ? `${request.protocol ?? 'http'}://${host}` : undefined;
}

/** The metadata's address: the well-known part goes between host and path (RFC 9728 §3.1). */
export function metadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource);
  return `${origin}${WELL_KNOWN}${pathname === '/' ? '' : pathname}`;
}
