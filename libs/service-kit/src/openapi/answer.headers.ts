import type { Header } from '../headers/security.headers.js';
import type { Headers, Response } from './openapi.types.js';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  Age: 'Seconds since the answer was validated (RFC 9111 §5.1).',
  'Accept-Encoding': 'What bodies may be encoded with (RFC 9110 §12.5.3).',
  'Cache-Control': 'For how long and by whom the answer may be kept (RFC 9111 §5.2).',
  'Cache-Status': 'How the answer came about (RFC 9211).',
  'Content-Disposition': 'What the answer is called as a file (RFC 6266).',
  'Content-Encoding': 'How the body is packed (RFC 9110 §8.4).',
  ETag: 'The version of what is answered (RFC 9110 §8.8.3).',
  Link: 'Where the next page is, as `rel="next"` (RFC 8288).',
  Location: 'Where what was made is (RFC 9110 §10.2.2).',
  Pragma: 'Tells caches of HTTP/1.0 to keep nothing (RFC 9111 §5.4).',
  RateLimit: 'What is left of that, and for how long (draft-ietf-httpapi-ratelimit-headers).',
  'RateLimit-Policy': 'How often this may be asked for (draft-ietf-httpapi-ratelimit-headers).',
  'Retry-After': 'Seconds to wait before the next attempt (RFC 9110 §10.2.3).',
  'Set-Cookie': 'The cookies of the session (RFC 6265).',
  Vary: 'What the answer differs by (RFC 9110 §12.5.5).',
  'WWW-Authenticate': 'What credential is missing, or what is wrong with it (RFC 6750 §3).',
  'X-Accel-Buffering': 'Tells proxies to pass the answer on as it comes.',
  'X-Request-Id': "The request's id: the caller's, or a new one.",
};

/** Every header that some answer has, described once. */
export const ANSWER_HEADERS: Headers = Object.fromEntries(
  Object.entries(DESCRIPTIONS).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ]),
);

/**
 * For OpenAPI: that an answer has these headers, which the document describes once.
 *
 * @example
 * ApiResponse({ status: 200, type: [OrderDto], headers: describedHeaders('ETag', 'Link') });
 */
export function describedHeaders(...names: readonly string[]): Record<string, { $ref: string }> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** Adds headers to those that the answer is known to have. */
export function addHeaders(response: Response, names: readonly string[]): void {
  response.headers = { ...describedHeaders(...names), ...response.headers };
}

/** The names of the headers that each and every answer has; to list them at each would say nothing. */
export function headersEverywhere(security: readonly Header[]): string[] {
  return ['x-request-id', ...security.map(([name]) => name)];
}
