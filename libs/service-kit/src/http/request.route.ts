import type { FastifyRequest } from 'fastify';

/** The template of the route that took a request, such as `/articles/:id`: unlike its address it holds no secret. */
export function routeOf(request: FastifyRequest): string | undefined {
  return request.is404 ? undefined : request.routeOptions.url;
}
