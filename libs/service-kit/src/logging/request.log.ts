import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics/metrics.js';

/** In place of the route where none took the request: unlike its path, a name that stays the same. */
const NO_ROUTE = 'none';

/** One log line and one observation for each request. Neither headers nor the query are in it: they may hold secrets. */
export function recordRequest(metrics: Metrics, request: FastifyRequest, reply: FastifyReply): void {
  const { method } = request;
  const route = request.is404 ? NO_ROUTE : (request.routeOptions.url ?? NO_ROUTE);
  const aborted = !reply.raw.writableFinished;
  const status = aborted ? 'aborted' : reply.statusCode;
  metrics.observeRequest(method, route, String(status), reply.elapsedTime / 1_000);
  const principal = principalOf(request);
  request.log.info(
    {
      method,
      route,
      ...(aborted ? { aborted } : { status }),
      duration_ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(principal && { principal }),
    },
    `${method} ${route} ${status}`,
  );
}

/** Whom the guard let in, if it did. */
function principalOf(request: FastifyRequest): string | undefined {
  const { user } = request as { user?: { id?: unknown } };
  return typeof user?.id === 'string' ? user.id : undefined;
}
