import type { Answer } from '../harness/http.js';

/** A cookie as an answer sets it. */
export interface SetCookie {
  readonly value: string;
  /** In alphabetical order. */
  readonly attributes: readonly string[];
}

/** The cookies that an answer sets, by name. */
export function setCookiesOf({ headers }: Answer): Record<string, SetCookie> {
  const lines = headers['set-cookie'] ?? [];
  return Object.fromEntries(
    lines.map((line) => {
      const [pair = '', ...attributes] = line.split('; ');
      const at = pair.indexOf('=');
      return [pair.slice(0, at), { value: pair.slice(at + 1), attributes: attributes.sort() }];
    }),
  );
}
