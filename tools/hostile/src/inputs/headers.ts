import { type Family, filled } from './input.ts';
import type { Values } from './values.ts';

/** Headers that something here, or a proxy in front, reads. */
const NAMES = [
  'accept',
  'accept-encoding',
  'accept-language',
  'connection',
  'content-type',
  'cookie',
  'expect',
  'forwarded',
  'host',
  'if-match',
  'if-none-match',
  'last-event-id',
  'origin',
  'range',
  'referer',
  'sec-fetch-site',
  'traceparent',
  'tracestate',
  'upgrade',
  'user-agent',
  'x-csrf-token',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-http-method-override',
  'x-original-url',
  'x-request-id',
];
const METHODS = ['TRACE', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'QUERY', 'HEAD'];
const REPEATED = ['if-match', 'x-request-id', 'cookie', 'traceparent', 'accept-language'];

/** Hostile values in headers, headers given twice, and methods nobody offers. */
export function headers(values: Values): Family {
  return (route, random) => {
    const target = filled(route);
    const share = random.next();
    if (share < 0.1) return { target: filled(route, '999999'), method: random.of(METHODS) };
    // Latin-1 is all that a header carries (RFC 9110 §5.5); control characters are for the frames.
    const text = values.text(random).replace(/[^\t\u0020-\u007e\u0080-\u00ff]/gu, '\u00fc');
    const value = text.slice(0, 3_000).trim();
    if (share < 0.2) return { target, headers: { [random.of(REPEATED)]: [value, value] } };
    return { target, headers: { [random.of(NAMES)]: value } };
  };
}
