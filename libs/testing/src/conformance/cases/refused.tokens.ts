import { casesOf, type ConformanceCase } from '../conformance.case.js';
import { INVALID_TOKEN, mustRefuse } from '../expectations.js';
import type { Trial } from '../trial.js';

/** A token that must be refused: how it differs, where that is said, and how it is made. */
export type RefusedToken = readonly [what: string, reference: string, make: (trial: Trial) => string];

/** Cases that send one token each, in the header, and want `401 invalid_token`. */
export function refusing(subject: string, tokens: readonly RefusedToken[]): ConformanceCase[] {
  return casesOf(
    subject,
    [],
    tokens.map(([what, reference, make]) => [
      `refuses ${what}`,
      reference,
      async (trial) => mustRefuse(await trial.with(make(trial)), INVALID_TOKEN),
    ]),
  );
}
