import type { Authority } from './authority.js';

/** The token a request carries, and who decides about it. */
export interface PresentedToken {
  readonly token: string;
  readonly authority: Authority;
}

// Passport keeps one strategy of a name per process; what differs per application travels with the request.
const presented = new WeakMap<object, PresentedToken>();

/** Hands a request's token to the strategy. */
export function present(request: object, token: PresentedToken): void {
  presented.set(request, token);
}

/** What the guard handed over with this request. */
export function presentedBy(request: object): PresentedToken | undefined {
  return presented.get(request);
}
