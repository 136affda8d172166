/** The claims of an access token (RFC 9068, RFC 7519). Times are NumericDate: seconds since the epoch. */
export interface AccessTokenClaims {
  /** The issuer: identity's public URL, exactly. */
  iss: string;
  /** A user's id, or a client's id when a service acts for itself; the two never collide. */
  sub: string;
  /** Who may accept the token. */
  aud: string[];
  exp: number;
  iat: number;
  /** Not valid before; identity sets none, a guard honours one. */
  nbf?: number;
  /** The token's own id: what a revocation of this one token names. */
  jti: string;
  /** The client that asked for it, or the door it was got at (`gatehouse:knock`). */
  client_id: string;
  /** Scopes, separated by single spaces (RFC 6749 §3.3). */
  scope: string;
  /** The session it belongs to; absent when a service acts for itself. */
  sid?: string;
  /** The user's roles, where there are any. */
  roles?: string[];
  /** In a browser session's token alone: what an unsafe request must repeat. */
  csrf_token?: string;
  /** After a token exchange: who acts for the subject (RFC 8693 §4.1). */
  act?: Actor;
}

/** The party that acts for the subject, and whom that one acts for in turn (RFC 8693 §4.1). */
export interface Actor {
  sub: string;
  act?: Actor;
}
