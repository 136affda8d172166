import { Ambiguous } from './carrier.js';
import { type GuardedRequest, timesSent } from './guarded.request.js';

/** The header that carries an API key, and with it a whole way to say who is calling. */
export const API_KEY_HEADER = 'apikey';

/**
 * `ApiKey: <key>`; of older clients also `?apikey=`, where that is served.
 *
 * @throws Ambiguous when there are two
 */
export function apiKeyCarrier(request: GuardedRequest, inQuery: boolean): string | undefined {
  if (timesSent(request, API_KEY_HEADER) > 1) throw new Ambiguous('two ApiKey headers');
  const header = request.headers[API_KEY_HEADER];
  return oneOf(
    typeof header === 'string' ? header : undefined,
    inQuery ? queryValue(request, 'apikey') : undefined,
  );
}

/**
 * The bearer that stands beside an API key: in the header; of older clients also `?token=`, where that is served.
 *
 * @throws Ambiguous when there are two
 */
export function bearerBeside(
  request: GuardedRequest,
  bearer: string | undefined,
  inQuery: boolean,
): string | undefined {
  return oneOf(bearer, inQuery ? queryValue(request, 'token') : undefined);
}

function oneOf(header: string | undefined, query: string | undefined): string | undefined {
  if (header !== undefined && query !== undefined) throw new Ambiguous('a credential in header and query');
  return header ?? query;
}

function queryValue({ query }: GuardedRequest, name: string): string | undefined {
  const value = (query as Record<string, unknown> | undefined)?.[name];
  if (value !== undefined && typeof value !== 'string')
    throw new Ambiguous('a credential twice in the query');
  return value;
}
