/**
 * Where a service keeps what it needs before it is sent requests; `Readiness` of `@gatehouse/service-kit` is one.
 *
 * @example
 * const registry: ReadinessRegistry = { register: (name, check) => health.add(name, check) };
 */
export interface ReadinessRegistry {
  /** Adds a check that is asked whenever somebody wants to know. */
  register(name: string, check: () => boolean): void;
}
