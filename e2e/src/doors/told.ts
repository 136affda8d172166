import { expect } from 'vitest';
import type { Answer } from '../harness/http.js';

/** What an answer says that is the same each time. */
export interface Told {
  readonly status: number;
  readonly headers: Record<string, string | undefined>;
  readonly body: unknown;
}

const HEADERS = ['content-type', 'cache-control', 'www-authenticate', 'allow', 'retry-after'];

/** Status, the headers that clients act on, and the body but for its request id, which is checked here. */
export function told({ status, headers, text }: Answer): Told {
  const body = text === '' ? '' : (JSON.parse(text) as Record<string, unknown>);
  if (typeof body === 'object' && 'request_id' in body) {
    expect(body['request_id']).toBe(headers['x-request-id']);
    delete body['request_id'];
  }
  const sent = HEADERS.filter((name) => headers[name] !== undefined);
  return { status, headers: Object.fromEntries(sent.map((name) => [name, String(headers[name])])), body };
}

/** A refusal as problem+json (RFC 9457). */
export function problem(
  [status, code, title, detail]: readonly [number, string, string, string],
  { headers = {}, ...more }: { headers?: Record<string, string>; errors?: unknown } = {},
): Told {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: { type: 'about:blank', title, status, detail, code, ...more },
  };
}

export const NO_STORE = { 'cache-control': 'no-store' };
export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
/** Of errors: RFC 8259 §11 knows no charset. */
export const PLAIN_JSON_TYPE = { 'content-type': 'application/json' };

const INVALID = [
  400,
  'validation_failed',
  'Validation failed',
  'The request is well-formed, but some of its values are not valid.',
] as const;

/** A well-formed request with values that are not valid. */
export function invalid(errors: Record<string, unknown>, headers: Record<string, string> = NO_STORE): Told {
  return problem(INVALID, { headers, errors });
}

export const WRONG_CREDENTIALS = problem(
  [401, 'invalid_credentials', 'Invalid credentials', 'The email address or the password is wrong.'],
  { headers: { ...NO_STORE, 'www-authenticate': 'Bearer realm="gatehouse"' } },
);
export const BROKEN_JSON = problem([
  400,
  'malformed_request',
  'Malformed request',
  'The body is not valid JSON.',
]);
export const TOO_LARGE = problem([
  413,
  'payload_too_large',
  'Payload too large',
  'The body is larger than 100 kB.',
]);
export const OTHER_TYPE = problem([
  415,
  'unsupported_media_type',
  'Unsupported media type',
  'Send JSON, or a form where the route takes one.',
]);

/** A route that does not take the method. */
export function takes(methods: string): Told {
  const what = [405, 'method_not_allowed', 'Method not allowed', `This address takes ${methods}.`] as const;
  return problem(what, { headers: { allow: methods } });
}

/** No credential, or one that is not good, at a guarded route; the service is known by its realm and public URL. */
export function unauthenticated(realm: string, url: string, error?: 'invalid_token'): Told {
  const about = `Bearer realm="${realm}", resource_metadata="${url}/.well-known/oauth-protected-resource"`;
  const bad = `${about}, error="invalid_token", error_description="The access token is not valid"`;
  return error
    ? problem([401, error, 'Invalid token', 'The access token is not valid.'], {
        headers: { 'www-authenticate': bad },
      })
    : problem([401, 'unauthenticated', 'Authentication required', 'This needs an access token.'], {
        headers: { 'www-authenticate': about },
      });
}
