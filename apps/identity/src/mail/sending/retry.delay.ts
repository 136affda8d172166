import type { FailureKind } from './mail.failure.js';

const FIRST = 5_000;

/** A server that is back is to be noticed soon; one that answers "later" means it (RFC 5321 §4.5.4.1). */
const LONGEST: Readonly<Record<Exclude<FailureKind, 'refused'>, number>> = {
  away: 30_000,
  deferred: 15 * 60_000,
};

/**
 * How long to wait after a try that failed: twice as long each time, and up to half of that at random, so that replicas
 * and mails do not all come at once.
 *
 * @param attempts how often it was tried so far
 * @returns milliseconds
 */
export function retryDelay(kind: keyof typeof LONGEST, attempts: number, random = Math.random()): number {
  const longest = Math.min(LONGEST[kind], FIRST * 2 ** (attempts - 1));
  return Math.round(longest * (1 - random / 2));
}
