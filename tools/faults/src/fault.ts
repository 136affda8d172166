import type { Report } from './report.ts';

/** How a fault is tried out. */
export interface FaultOptions {
  /** How often. */
  readonly rounds: number;
  /** The same seed gives the same run, as far as the machine does. */
  readonly seed: number;
  /** Shorter, where that shows as much. */
  readonly quick?: boolean;
}

/** Does something to the services, and reports what held. */
export type Fault = (report: Report, options: FaultOptions) => Promise<void>;
