/**
 * Who is calling, as the verified token says: the one shape every carrier ends in.
 *
 * @example
 * @Get('mine')
 * mine(@CurrentPrincipal() principal: Principal) {
 *   return this.articles.writtenBy(principal.id);
 * }
 */
export interface Principal {
  /** A person, or a client acting for itself. */
  readonly kind: 'user' | 'service';
  /** The token's `sub`: a user's id, or a client's. */
  readonly id: string;
  /** The client that asked for the token, or the door it was got at. */
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  /** The client that acts for the user, where one does: its token was exchanged for theirs (RFC 8693 §4.1). */
  readonly actor?: string;
  /** Absent for a service. */
  readonly sessionId?: string;
  /** In a browser session alone: what an unsafe request that the cookie carries must repeat. */
  readonly csrfToken?: string;
  /** The token's `jti`. */
  readonly tokenId: string;
  readonly audience: readonly string[];
  /** When the token ends, in seconds since the epoch. */
  readonly expiresAt: number;
  /** The token itself, to be forwarded; a secret: keep it out of logs. */
  readonly token: string;
}
