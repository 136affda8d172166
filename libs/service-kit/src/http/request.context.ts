import { AsyncLocalStorage } from 'node:async_hooks';
import type { TraceParent } from '../tracing/trace.parent.js';

/** What goes on from a request to everything that it causes: log lines, calls of other services. */
export interface RequestContext {
  /** The answer's `X-Request-Id`. */
  readonly requestId: string;
  /** The caller's, or that of a new trace (W3C Trace Context). */
  readonly traceparent: TraceParent;
  /** When it came in, in the time of `performance.now()`. */
  readonly begunAt: number;
  /** The caller's `Accept-Language`. */
  readonly acceptLanguage: string | undefined;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The request in whose course this runs; undefined outside of one. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

/** Runs `work`, and all that it starts, in the course of a request. */
export function withinRequest<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}
