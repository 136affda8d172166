/**
 * A base URL from the configuration, in one spelling and without a slash at its end.
 *
 * @throws TypeError when it is no http(s) URL, or carries a credential, query or fragment
 */
export function baseAddress(url: string): string {
  const parsed = new URL(url);
  const plain = !parsed.username && !parsed.password && !parsed.search && !parsed.hash;
  if (!plain || !/^https?:$/.test(parsed.protocol)) {
    throw new TypeError('A base URL is http or https, without credentials, query or fragment.');
  }
  return parsed.href.replace(/\/+$/, '');
}

/**
 * The URL of a path at a base address. It never leaves that base: dot segments, another host, a query or a fragment
 * inside the path are refused, so a value put into it must have gone through `encodeURIComponent`.
 *
 * @param query its members become the query; undefined ones are left out
 */
export function addressOf(base: string, path: string, query: object = {}): string {
  const url = new URL(base + path);
  if (!path.startsWith('/') || url.origin + url.pathname !== base + path) {
    throw new TypeError('The path of a call is absolute, percent-encoded, and stays below its base URL.');
  }
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  return url.href;
}
