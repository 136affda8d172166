const BEARER = /^bearer(?: +(.*))?$/is;

/**
 * The token of an `Authorization: Bearer` value (RFC 6750 §2.1); the scheme is case-insensitive (RFC 9110 §11.1).
 *
 * @param authorization the header's value
 * @returns the token as it was sent (perhaps empty, certainly unchecked), or undefined when the scheme is another one
 *
 * @example
 * bearerToken('Bearer abc'); // 'abc'
 * bearerToken('Basic dTpw'); // undefined
 */
export function bearerToken(authorization: string): string | undefined {
  // The spelling of almost every request, without a regular expression.
  if (authorization.startsWith('Bearer ') && authorization.charCodeAt(7) !== 0x20)
    return authorization.slice(7);
  const match = BEARER.exec(authorization);
  return match ? (match[1] ?? '') : undefined;
}
