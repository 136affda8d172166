import type { ListedRoute } from './listed.routes.js';
import type { Principal } from './principals.js';

/** What the guard does: lets pass, or refuses. */
export type Verdict = 'passes' | '401' | '403';

/** What must become of a request, by what docs/routes.md says of its route; undefined where the route decides. */
export function verdictFor(route: ListedRoute, principal: Principal): Verdict | undefined {
  const { openness, scopes, roles, both, besides } = route;
  const { kind, brings } = principal;
  if (openness === 'public') return 'passes';
  if (kind === 'nobody') return openness === 'anonymous' ? 'passes' : '401';
  if (kind === 'nobody good') return '401';
  if (both && brings !== 'both') return '401';
  if (principal.readsOnly && !/^(GET|HEAD)$/.test(route.method)) return '403';
  if (!scopes.every((scope) => principal.scopes.includes(scope))) return '403';
  if (!roles.every((role) => principal.roles.includes(role))) return '403';
  if (besides.includes('UserGuard') && kind === 'service') return '403';
  // What a token without any scope of this route may do there the route says: where it is passed on to, or whose session it ends.
  if (scopes.length === 0) return undefined;
  return 'passes';
}
