import { bearerToken } from '@gatehouse/tokens';
import { Ambiguous, type Carrier } from './carrier.js';
import { type GuardedRequest, hasQuery, timesSent } from './guarded.request.js';

const ANOTHER_BEARER = /,\s*bearer\s/i; // several headers that were joined on the way

/** `Authorization: Bearer` (RFC 6750 §2.1). */
export const bearerCarrier: Carrier = (request: GuardedRequest) => {
  const { authorization } = request.headers;
  if (authorization === undefined) return undefined;
  if (timesSent(request, 'authorization') > 1) throw new Ambiguous('two Authorization headers');
  const token = bearerToken(authorization);
  if (token === undefined) return undefined;
  if (ANOTHER_BEARER.test(token)) throw new Ambiguous('two bearers in one Authorization header');
  // RFC 6750 §2: not more than one method in a request. In the query alone it is no credential here at all.
  if (hasQuery(request, 'access_token')) throw new Ambiguous('a bearer in header and query');
  return token;
};
