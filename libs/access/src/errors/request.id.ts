import { randomUUID } from 'node:crypto';

const REQUEST_ID = /^[\w.-]{1,128}$/;

/** The first usable one of these request ids, or a new one. */
export function requestIdOf(...candidates: unknown[]): string {
  const known = candidates.find((id) => typeof id === 'string' && REQUEST_ID.test(id));
  return typeof known === 'string' ? known : randomUUID();
}
