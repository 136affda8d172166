import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RegisteredRoute } from '../http/method.table.js';
import type { RouteAccessSource } from './route.access.js';
import { nestHandlers } from './nest.handlers.js';
import type { ServiceRoute } from './service.route.js';

/** The name under which Fastify keeps what was registered. */
export const REGISTERED_ROUTES = 'registeredRoutes';

/**
 * Every route that the service answers: those of Fastify's own table, and beside each what the guard asks. The
 * application must be initialised.
 *
 * @param source what the guard knows; without it every route counts as open
 */
export function routesOf(app: NestFastifyApplication, source: RouteAccessSource | undefined): ServiceRoute[] {
  const registered = app
    .getHttpAdapter()
    .getInstance()
    .getDecorator<readonly RegisteredRoute[]>(REGISTERED_ROUTES);
  const handlers = new Map(nestHandlers(app).map((each) => [`${each.method} ${each.path}`, each]));
  const routes = registered.filter(isAskedFor(registered)).map(({ method, path }): ServiceRoute => {
    const found = handlers.get(`${method} ${path}`);
    if (!found) return { method, path, guards: [] };
    const { controller, name, handler, guards } = found;
    const access = source?.of(handler, controller);
    return { method, path, handler: `${controller.name}.${name}`, ...(access && { access }), guards };
  });
  return routes.sort((a, b) => compared(a.path, b.path) || compared(a.method, b.method));
}

/** Fastify adds a HEAD to each GET, guarded as that is. */
function isAskedFor(all: readonly RegisteredRoute[]): (route: RegisteredRoute) => boolean {
  const gets = new Set(all.filter(({ method }) => method === 'GET').map(({ path }) => path));
  return ({ method, path }) => method !== 'HEAD' || !gets.has(path);
}

function compared(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
