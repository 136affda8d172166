/**
 * A guarded route of the service under test.
 *
 * @example
 * const read: ConformanceRoute = { method: 'GET', path: '/orders', scope: 'orders:read', status: 200 };
 */
export interface ConformanceRoute {
  readonly method: string;
  readonly path: string;
  /** The scopes it asks for, separated by spaces; empty where any good token will do. */
  readonly scope: string;
  /** What it answers to who passes the guard: a 404 will do. */
  readonly status: number;
  /** What its body must hold to get that answer; sent as JSON, or as a form where a case is about forms. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** What a guarded service has beside the bearer, unless it declares that it lacks that. */
export const ABILITIES = {
  credential: 'a route that refuses who carries nothing',
  scope: 'a route that asks for a scope',
  cookie: 'sessions by cookie',
  'api-key': 'API keys',
  'unsafe-methods': 'a guarded route with an unsafe method',
  'remote-issuer': 'keys and revocations that come from elsewhere',
  'method-not-allowed': '405 before 401',
} as const;

/** One of {@link ABILITIES}. */
export type Ability = keyof typeof ABILITIES;

/**
 * The service under test, as it describes itself.
 *
 * @example
 * const profile: ConformanceProfile = {
 *   read: { method: 'GET', path: '/orders', scope: 'orders:read', status: 200 },
 *   unsafe: [{ method: 'DELETE', path: '/orders/0', scope: 'orders:write', status: 404 }],
 *   without: ['cookie'],
 * };
 */
export interface ConformanceProfile {
  /** A guarded route that answers GET and HEAD. */
  readonly read: ConformanceRoute;
  /** Guarded routes with unsafe methods, one of each method that the service has. */
  readonly unsafe?: readonly ConformanceRoute[];
  /** What it lacks. Cases about that are not run; every other case that cannot be run is a failure. */
  readonly without?: readonly Ability[];
  /** A scope that users can have and `read` does not ask for, where the issuer knows only some. */
  readonly otherScope?: string;
  /** Two users whom the service lets pass; by default any two ids. */
  readonly users?: readonly [string, string];
}
