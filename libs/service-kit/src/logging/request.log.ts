import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics/metrics.js';

/** The route of a request that no route was found for; a bounded label, unlike its path. */
const NO_ROUTE = 'none';

/** One log line and one observation for each request. Neither headers nor the query are in it: they may hold secrets. */
export function recordRequest(metrics: Metrics, request: FastifyRequest, reply: FastifyReply): void {
  const { method } = request;
  const route = request.is404 ? NO_ROUTE : (request.routeOptions.url ?? NO_ROUTE);
  const status = reply.statusCode;
  metrics.observeRequest(method, route, status, reply.elapsedTime / 1_000);
  const principal = principalOf(request);
  request.log.info(
    {
      method,
      route,
      status,
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
