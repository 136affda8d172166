import type { FastifyReply, FastifyRequest } from 'fastify';
import { routeOf } from '../http/request.route.js';
import type { Metrics } from '../metrics/metrics.js';

/** In place of the route where none took the request: unlike its path, a name that stays the same. */
const NO_ROUTE = 'none';

/** One log line and one observation for each request. Neither headers nor the query are in it: they may hold secrets. */
export function recordRequest(metrics: Metrics, request: FastifyRequest, reply: FastifyReply): void {
  const { method } = request;
  const route = routeOf(request) ?? NO_ROUTE;
  const aborted = !reply.raw.writableFinished;
  const status = aborted ? 'aborted' : reply.statusCode;
  metrics.observeRequest(method, route, String(status), reply.elapsedTime / 1_000);
  request.log.info(
    {
      method,
      route,
      ...(aborted ? { aborted } : { status }),
      duration_ms: Math.round(reply.elapsedTime * 10) / 10,
      ...callerOf(request),
    },
    `${method} ${route} ${status}`,
  );
}

/** Whom the guard let in, and through which client, if it did. */
function callerOf(request: FastifyRequest): { principal?: string; client_id?: string } {
  const { id, clientId } = (request as { user?: { id?: unknown; clientId?: unknown } }).user ?? {};
  return {
    ...(typeof id === 'string' && { principal: id }),
    ...(typeof clientId === 'string' && { client_id: clientId }),
  };
}
