import { PROBLEM_MEDIA_TYPE } from '@gatehouse/contracts';
import { type ErrorFormat, formatAt } from '../http/error.writer.js';
import type { RouteAccess } from '../routes/route.access.js';
import { addHeaders } from './answer.headers.js';
import type { Operation, Response } from './openapi.types.js';

/** What each status means, wherever it is answered. */
const MEANINGS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read, or something in it is not valid.',
  401: 'There is no credential, or one that is not good.',
  403: 'The credential does not suffice.',
  404: 'There is no such thing.',
  413: 'The body is larger than 100 kB.',
  414: 'A part of the address is too long.',
  415: 'The body is of a kind that is not read here, or compressed.',
  429: 'There were too many attempts.',
  500: 'Something went wrong here; it is in the log under the request id.',
  502: 'A service that is called for this failed.',
  503: 'This cannot be done right now.',
  504: 'A service that is called for this was too slow.',
};

/** What an answer of a status carries besides. */
const HEADERS: Readonly<Record<number, readonly string[]>> = {
  400: ['WWW-Authenticate'],
  401: ['WWW-Authenticate'],
  403: ['WWW-Authenticate'],
  415: ['Accept-Encoding'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** What answers carry, whatever their status, where it is counted how often somebody tries. */
const ALLOWANCE = ['RateLimit-Policy', 'RateLimit'];

/** Everything that can be said of an operation's failures without knowing what it does. */
export function addErrorResponses(
  path: string,
  operation: Operation,
  access: RouteAccess | undefined,
  formats: readonly ErrorFormat[],
): void {
  const format = formatAt(path, formats);
  for (const status of statusesOf(path, operation, access)) {
    operation.responses[status] ??= { description: MEANINGS[status]! };
  }
  const isCounted = operation.responses[429] !== undefined;
  for (const [status, response] of Object.entries(operation.responses)) {
    if (!response || '$ref' in response) continue;
    if (isCounted) addHeaders(response, ALLOWANCE);
    if (Number(status) < 400) continue;
    response.description ||= MEANINGS[Number(status)] ?? '';
    response.content ??= contentOf(format);
    addHeaders(response, HEADERS[Number(status)] ?? []);
    addHeaders(response, ['Cache-Control', 'Pragma']);
  }
}

function statusesOf(path: string, { requestBody }: Operation, access: RouteAccess | undefined): number[] {
  const credential = access !== undefined && access.openness !== 'public';
  return [
    400,
    ...(credential ? [401, 403] : []),
    ...(path.includes('{') ? [404, 414] : []),
    ...(requestBody ? [413] : []),
    415,
    500,
    503,
  ];
}

function contentOf(format: ErrorFormat | undefined): Response['content'] {
  const named = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });
  return format?.body
    ? { 'application/json': named(format.body.name) }
    : { [PROBLEM_MEDIA_TYPE]: named('Problem') };
}
