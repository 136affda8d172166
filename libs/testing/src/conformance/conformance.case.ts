import type { Ability } from './conformance.profile.js';
import type { Trial } from './trial.js';

/** One thing that must hold of a guarded service. */
export interface ConformanceCase {
  /** What it is about; cases of one subject stand together in the report. */
  readonly subject: string;
  /** The sentence that holds: `refuses a token that has expired`. */
  readonly name: string;
  /** Where that is said: a line of the list of what must hold (T5), an RFC's section. */
  readonly reference: string;
  /** What a service must have for it. */
  readonly needs: readonly Ability[];
  /** @throws Deviation when it does not hold */
  readonly check: (trial: Trial) => Promise<unknown>;
}

type Described = readonly [
  name: string,
  reference: string,
  check: ConformanceCase['check'],
  ...needs: Ability[],
];

/** Cases of one subject; what all of them need, and what one needs besides. */
export function casesOf(
  subject: string,
  needs: readonly Ability[],
  cases: readonly Described[],
): ConformanceCase[] {
  return cases.map(([name, reference, check, ...own]) => ({
    subject,
    name,
    reference,
    needs: [...needs, ...own],
    check,
  }));
}

/** The service does otherwise than it must; the message says what it did. */
export class Deviation extends Error {
  override readonly name = 'Deviation';
}
