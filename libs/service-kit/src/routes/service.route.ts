import type { RouteAccess } from './route.access.js';

/** A route as it is served: the address and who may come. */
export interface ServiceRoute {
  readonly method: string;
  /** With its parameters as Fastify writes them: `/articles/:id`. */
  readonly path: string;
  /** The controller's method; of a route that Fastify serves by itself there is none, and no guard stands before it. */
  readonly handler?: string;
  /** What the guard asks; absent where there is none. */
  readonly access?: RouteAccess;
  /** Guards of its own, behind the one for all. */
  readonly guards: readonly string[];
}
