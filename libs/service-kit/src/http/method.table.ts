import type { RouteOptions } from 'fastify';
import findMyWay, { type HTTPMethod } from 'find-my-way';

/** A route as it was added. */
export interface RegisteredRoute {
  readonly method: string;
  readonly path: string;
}

/** Knows which methods an address answers to, so that a wrong one is 405 and not 404. Filled as routes are added. */
export class MethodTable {
  private readonly router = findMyWay({ maxParamLength: Number.MAX_SAFE_INTEGER });
  private readonly methods = new Set<HTTPMethod>();
  /** Every route, in the order in which they were added. */
  readonly routes: RegisteredRoute[] = [];

  add({ method, url }: Pick<RouteOptions, 'method' | 'url'>): void {
    for (const name of [method].flat() as HTTPMethod[]) {
      if (this.router.hasRoute(name, url)) continue;
      this.methods.add(name);
      this.routes.push({ method: name, path: url });
      this.router.on(name, url, () => undefined);
    }
  }

  /** The methods that some route takes at this address, in alphabetical order. */
  allowedAt(path: string): string[] {
    return [...this.methods].filter((method) => this.answers(method, path)).sort();
  }

  /** The router takes nothing for a parameter as well, as in `/things/`, and there no route finds anything. */
  private answers(method: HTTPMethod, path: string): boolean {
    const found = this.router.find(method, path);
    return (
      found !== null && Object.entries(found.params).every(([name, value]) => name === '*' || value !== '')
    );
  }
}
