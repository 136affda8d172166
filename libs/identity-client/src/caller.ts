/** The caller on whose behalf another service is asked. A `Principal` of `@gatehouse/access` is one. */
export interface Caller {
  /** The `sub` of the verified token. */
  id: string;
  /** The verified token itself, to be forwarded. */
  token: string;
  scopes: readonly string[];
  audience: readonly string[];
  /** NumericDate. */
  expiresAt: number;
}
