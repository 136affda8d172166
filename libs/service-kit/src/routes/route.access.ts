import type { Type } from '@nestjs/common';

/** What a route asks of its caller, as `AccessRules` of `@gatehouse/access` tells it. */
export interface RouteAccess {
  readonly openness: 'guarded' | 'public' | 'anonymous';
  readonly scopes: readonly string[];
  /** Of each list one role is needed. */
  readonly roles: readonly (readonly string[])[];
  /** Whether an API key must come along with the bearer. */
  readonly apiKey: boolean;
}

/** A route's handler, as a method of its controller. */
// oxlint-disable-next-line typescript/no-unsafe-function-type -- Nest's own type of a handler
export type RouteHandler = Function;

/** Knows what routes ask of their callers. */
export interface RouteAccessSource {
  of(handler: RouteHandler, controller: Type): RouteAccess;
}
