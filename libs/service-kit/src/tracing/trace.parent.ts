import { randomUUID } from 'node:crypto';

/** The value of a `traceparent` header (W3C Trace Context §3.2). */
export type TraceParent = string;

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/;

/** The caller's `traceparent` where it is valid, else that of a new trace. */
export function traceParentOf(header: string | string[] | undefined): TraceParent {
  return typeof header === 'string' && isTraceParent(header) ? header : newTraceParent();
}

/** The trace's id within a `traceparent`. */
export function traceIdOf(traceparent: TraceParent): string {
  return traceparent.slice(3, 35);
}

function isTraceParent(header: string): boolean {
  // §3.2.2: version 00 has exactly these four fields, later ones may add to them.
  return (
    header.length <= 512 && TRACEPARENT.test(header) && (!header.startsWith('00-') || header.length === 55)
  );
}

function newTraceParent(): TraceParent {
  // Whoever records spans begins one instead: nobody does, so the sampled flag is off.
  return `00-${randomHex()}-${randomHex().slice(16)}-00`;
}

/** 32 digits. Node keeps random UUIDs in store, which makes them ten times cheaper than other random bytes. */
function randomHex(): string {
  return randomUUID().replaceAll('-', '');
}
