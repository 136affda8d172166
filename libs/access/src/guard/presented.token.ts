import type { Principal } from '../principal/principal.js';
import type { Authority } from './authority.js';

/** The token a request carries, who decides about it, and in the end what was decided. */
export interface PresentedToken {
  readonly token: string;
  readonly authority: Authority;
  /** Set by our strategy alone. */
  principal?: Principal;
}

// Passport keeps one strategy of a name per process; what differs per application travels with the request.
const presented = new WeakMap<object, PresentedToken>();

/** Hands a request's token to the strategy. */
export function present(request: object, token: string, authority: Authority): PresentedToken {
  const presentation = { token, authority };
  presented.set(request, presentation);
  return presentation;
}

/** What the guard handed over with this request. */
export function presentedBy(request: object): PresentedToken | undefined {
  return presented.get(request);
}
