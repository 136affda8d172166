import type { Answer } from './http.js';

/** What each door's clients know an error as, by the paths they call; everywhere else it is problem+json. */
const FORMATS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/oauth(\/|$)/, ['error']],
  [/^\/api\/v1(\/|$)/, ['response_code', 'response_message']],
  [/^\/(sessions|current_user)(\/|$)/, ['message', 'data', 'result_code']],
];

const PROBLEM = ['type', 'title', 'status', 'detail', 'code', 'request_id'];

/** What is wrong with an answer as an answer, whatever was asked; nothing for a good one. */
export function flawIn(answer: Answer, path: string): string | undefined {
  if (answer.status >= 500) return `a ${answer.status}: ${answer.text.slice(0, 200)}`;
  if (!/^[A-Za-z0-9._-]{1,128}$/.test(String(answer.headers['x-request-id']))) return 'no request id';
  return answer.status >= 400 && answer.text ? flawInRefusal(answer, path) : undefined;
}

function flawInRefusal(answer: Answer, path: string): string | undefined {
  const own = FORMATS.find(([paths]) => paths.test(path.split('?')[0]!))?.[1];
  const type = String(answer.headers['content-type']);
  const expected = own ? 'application/json' : 'application/problem+json';
  if (!type.startsWith(expected)) return `${answer.status} as ${type}, not ${expected}`;
  const body = answer.json();
  const missing = (own ?? PROBLEM).filter((member) => body[member] === undefined);
  if (missing.length > 0)
    return `${answer.status} without ${missing.join(', ')}: ${answer.text.slice(0, 200)}`;
  if (!own && body['status'] !== answer.status) return `${answer.status} that says ${String(body['status'])}`;
  return /\bat .+:\d+:\d+|node_modules|SQLITE|SELECT |INSERT |TypeError/.test(answer.text)
    ? `something internal: ${answer.text.slice(0, 200)}`
    : undefined;
}
