import type { Principal } from '../principal/principal.js';
import type { Authority } from './authority.js';

/** The token a request carries, who decides about it, and in the end what was decided. */
export interface PresentedToken {
  readonly token: string;
  readonly authority: Authority;
  /** Set by our strategy alone. */
  principal?: Principal;
}

// Passport keeps one strategy of a name per process; what differs per application travels with the request. As a
// member of it, since a WeakMap with an entry per request keeps requests alive from one collection to the next.
const PRESENTED = Symbol('presented token');

interface Carrying {
  [PRESENTED]?: PresentedToken;
}

/** Hands a request's token to the strategy. */
export function present(request: object, token: string, authority: Authority): PresentedToken {
  const presentation = { token, authority };
  (request as Carrying)[PRESENTED] = presentation;
  return presentation;
}

/** What the guard handed over with this request. */
export function presentedBy(request: object): PresentedToken | undefined {
  return (request as Carrying)[PRESENTED];
}
