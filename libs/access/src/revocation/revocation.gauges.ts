import type { Revocations } from './revocations.js';

/**
 * A number for whoever watches a service, under the name that Prometheus knows it by.
 *
 * @example
 * const line = ({ name, read }: RevocationGauge) => `${name} ${read()}`;
 */
export interface RevocationGauge {
  readonly name: string;
  readonly help: string;
  /** What it is right now. */
  readonly read: () => number;
}

/**
 * How well a service knows what was revoked, for its metrics.
 *
 * @example
 * for (const { name, help, read } of revocationGauges(revocations)) metrics.gauge(name, help, read);
 */
export function revocationGauges(revocations: Revocations): RevocationGauge[] {
  return [
    {
      name: 'revocations_staleness_seconds',
      help: 'Time since it was last certain that no revocation is missing.',
      read: () => revocations.status.staleness,
    },
    {
      name: 'revocations_connected',
      help: '1 while each new revocation is told as it happens.',
      read: () => (revocations.status.connected ? 1 : 0),
    },
    {
      name: 'revocations_entries',
      help: 'Revocations known here.',
      read: () => revocations.status.entries,
    },
  ];
}
