/** What decides how the session cookie is called. */
export interface SessionCookieScope {
  /** Identity's public URL. */
  issuer: string;
  /** `COOKIE_DOMAIN`, where sessions are shared by subdomains. */
  cookieDomain?: string | undefined;
}

/**
 * The name of the cookie that carries a browser session's token. Over https its prefix makes the browser refuse one
 * that was set without Secure, or by another host (RFC 6265bis §4.1.3): guards read only that name.
 *
 * @example
 * sessionCookieName({ issuer: 'https://id.example.com' }); // '__Host-jwt'
 */
export function sessionCookieName({ issuer, cookieDomain }: SessionCookieScope): string {
  if (!issuer.startsWith('https:')) return 'jwt';
  return cookieDomain ? '__Secure-jwt' : '__Host-jwt';
}
