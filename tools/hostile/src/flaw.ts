import type { Answer } from './outgoing.ts';

/** What each door's clients know an error as, by the paths they call; everywhere else it is problem+json. */
const FORMATS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/oauth(\/|$)/, ['error']],
  [/^\/api\/v1(\/|$)/, ['response_code', 'response_message']],
  [/^\/(sessions|current_user)(\/|$)/, ['message', 'data', 'result_code']],
];
const PROBLEM = ['type', 'title', 'status', 'detail', 'code', 'request_id'];
/** A stack, a file, a driver's or a database's words. */
const INTERNAL = /\bat .+:\d+:\d+|node_modules|SQLITE_|ER_[A-Z_]+|\bSELECT .+ FROM\b|INSERT INTO|TypeError/;

/**
 * What is wrong with an answer as an answer, whatever was asked; nothing with a good one.
 *
 * @param patience how long it may take, in milliseconds
 */
export function flawIn(answer: Answer, target: string, patience: number): string | undefined {
  const { status, headers, text, milliseconds } = answer;
  if (status >= 500) return `a ${status}: ${text.slice(0, 200)}`;
  if (milliseconds > patience) return `took ${Math.round(milliseconds)} ms`;
  if (!/^[A-Za-z0-9._-]{1,128}$/.test(String(headers['x-request-id'])))
    return `a ${status} without request id`;
  return status >= 400 && text !== '' ? flawInRefusal(answer, target) : undefined;
}

function flawInRefusal({ status, headers, text }: Answer, target: string): string | undefined {
  const own = FORMATS.find(([paths]) => paths.test(target.split('?')[0]!))?.[1];
  const type = String(headers['content-type']);
  if (type.startsWith('text/html') && /^\/(confirmation|password_resets)/.test(target)) return undefined; // a page
  const expected = own ? 'application/json' : 'application/problem+json';
  if (!type.startsWith(expected)) return `a ${status} as ${type}, not ${expected}`;
  const body = objectIn(text);
  if (!body) return `a ${status} that is no JSON object: ${text.slice(0, 200)}`;
  const missing = (own ?? PROBLEM).filter((member) => body[member] === undefined);
  if (missing.length > 0) return `a ${status} without ${missing.join(', ')}: ${text.slice(0, 200)}`;
  if (!own && body['status'] !== status) return `a ${status} that says ${String(body['status'])}`;
  return INTERNAL.test(text) ? `something internal: ${text.slice(0, 200)}` : undefined;
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
