import type { Answer } from './answer.js';
import { Deviation } from './conformance.case.js';
import type { ConformanceRoute } from './conformance.profile.js';

/** What a refusal must say. */
export interface Refusal {
  readonly status: number;
  /** The stable word in the problem (RFC 9457). */
  readonly code: string;
  /** The challenge's `error` (RFC 6750 §3.1); null where there must be a challenge without one. */
  readonly error?: string | null;
}

export const UNAUTHENTICATED: Refusal = { status: 401, code: 'unauthenticated', error: null };
export const INVALID_TOKEN: Refusal = { status: 401, code: 'invalid_token', error: 'invalid_token' };
export const INVALID_REQUEST: Refusal = { status: 400, code: 'invalid_request', error: 'invalid_request' };
export const INSUFFICIENT_SCOPE: Refusal = {
  status: 403,
  code: 'insufficient_scope',
  error: 'insufficient_scope',
};
export const CSRF_FAILED: Refusal = { status: 403, code: 'csrf_failed' };
export const UNAVAILABLE: Refusal = { status: 503, code: 'unavailable' };

/** @throws Deviation unless that holds */
export function must(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Deviation(sentence);
}

/** The guard let it pass, and the route answered. */
export function mustPass(answer: Answer, { status }: ConformanceRoute): void {
  must(answer.status === status, `answered ${toldBy(answer)} where ${status} was due`);
}

/** It was refused, in the right words. */
export function mustRefuse(answer: Answer, { status, code, error }: Refusal, withBody = true): void {
  const due = `${status} ${code}`;
  must(answer.status === status, `answered ${toldBy(answer)} where ${due} was due`);
  if (withBody) must(answer.problem['code'] === code, `answered ${toldBy(answer)} where ${due} was due`);
  if (error === undefined) return;
  must(answer.challenge !== undefined, `${due} came without a Bearer challenge`);
  const told = answer.challenge['error'] ?? null;
  must(told === error, `the challenge says ${sayingOf(told)} where ${sayingOf(error)} was due`);
}

function sayingOf(error: string | null): string {
  return error === null ? 'no error' : `error="${error}"`;
}

function toldBy({ status, problem }: Answer): string {
  const { code } = problem;
  return typeof code === 'string' ? `${status} ${code}` : String(status);
}
