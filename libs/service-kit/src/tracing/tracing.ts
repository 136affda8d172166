import type { ServiceConfig } from '../config/service.config.js';

/** Sends spans to a collector, until it is stopped. */
export interface Tracing {
  /** Sends what is left. */
  stop(): Promise<void>;
}

/**
 * Starts to trace where there is a collector to send spans to. Everywhere else nothing of it is even loaded, and the
 * API that spans are made with does nothing.
 */
export async function startTracing(
  service: string,
  { traceCollector }: Pick<ServiceConfig, 'traceCollector'>,
): Promise<Tracing | undefined> {
  if (traceCollector === undefined) return undefined;
  const { exportSpans } = await import('./span.export.js');
  return exportSpans(service, traceCollector);
}
