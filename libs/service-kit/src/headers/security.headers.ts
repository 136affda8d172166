import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** A header's name and value. */
export type Header = readonly [name: string, value: string];

/** What answers of an API may do in a browser: nothing. Pages name what they need in a policy of their own. */
const NOTHING = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/**
 * The headers that keep browsers from misusing an answer, by helmet: the same on every answer of a service, so they
 * are worked out once. Whoever sets one of them for an answer of their own wins.
 *
 * @param publicUrl browsers that have seen it with https are told to use nothing else from then on (RFC 6797)
 */
export function securityHeaders(publicUrl: string): readonly Header[] {
  const headers: Header[] = [];
  const recorder = {
    setHeader: (name: string, value: string) => headers.push([name.toLowerCase(), value]),
    removeHeader: () => undefined,
  };
  const protect = helmet({
    contentSecurityPolicy: NOTHING,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: publicUrl.startsWith('https:') && { maxAge: 31_536_000 },
    xFrameOptions: { action: 'deny' },
    // For browsers that are no more.
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
  protect({} as IncomingMessage, recorder as unknown as ServerResponse, (error) => {
    if (error) throw error instanceof Error ? error : new Error('The security headers cannot be made.');
  });
  return headers;
}
