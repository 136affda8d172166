import type { Outgoing } from '../outgoing.ts';
import type { Random } from '@gatehouse/workspace';
import type { Route } from '../routes.ts';

/** What one family makes of a route: a request that should be refused well, or does no harm. */
export type Input = Omit<Outgoing, 'method'> & { readonly method?: string };

/** One way of being hostile. */
export type Family = (route: Route, random: Random) => Input;

/** The route's path with a value for each of its parameters; nothing that is there is ever deleted by default. */
export function filled({ method, path }: Pick<Route, 'method' | 'path'>, value?: string): string {
  return path.replace(/\{[^}]+\}/g, () => value ?? (method === 'DELETE' ? '999999' : '1'));
}
