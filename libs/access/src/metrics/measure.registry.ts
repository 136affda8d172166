/**
 * Where a service keeps what it measures; `Metrics` of `@gatehouse/service-kit` is one.
 *
 * @example
 * const registry: MeasureRegistry = { gauge: (name, help, read) => …, counts: (name, help, label, read) => … };
 */
export interface MeasureRegistry {
  /** Adds a value that is read whenever somebody asks. */
  gauge(name: string, help: string, read: () => number): void;
  /** Adds counts, by what the label stands for, that are read whenever somebody asks. */
  counts(name: string, help: string, label: string, read: () => Readonly<Record<string, number>>): void;
}
