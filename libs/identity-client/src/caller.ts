/** The caller on whose behalf another service is asked. A `Principal` of `@gatehouse/access` is one. */
export interface Caller {
  /** The `sub` of the verified token. */
  readonly id: string;
  /** The verified token itself, to be forwarded. */
  readonly token: string;
  /** The token's `jti`. */
  readonly tokenId: string;
  readonly sessionId?: string;
  readonly scopes: readonly string[];
  readonly roles?: readonly string[];
  readonly audience: readonly string[];
  /** When the token ends, in seconds since the epoch. */
  readonly expiresAt: number;
}
