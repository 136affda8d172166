import type { ConformanceCase } from './conformance.case.js';
import type { Ability } from './conformance.profile.js';

/** What became of one case. */
export interface CaseResult extends Pick<ConformanceCase, 'subject' | 'name' | 'reference'> {
  /** `lacking`: not run, since the service declares that it lacks what this is about. */
  readonly outcome: 'passed' | 'failed' | 'lacking';
  /** What the service did instead, or what it lacks. */
  readonly message?: string;
  readonly milliseconds: number;
}

/**
 * What became of all cases.
 *
 * @example
 * expect((await checkConformance(options)).failures).toEqual([]);
 */
export class ConformanceReport {
  constructor(
    readonly results: readonly CaseResult[],
    readonly without: readonly Ability[],
  ) {}

  /** One sentence for each case that failed; none where the service conforms. */
  get failures(): string[] {
    return this.having('failed').map(
      ({ subject, name, reference, message }) => `${subject}: ${name} (${reference}): ${message}`,
    );
  }

  having(outcome: CaseResult['outcome']): CaseResult[] {
    return this.results.filter((result) => result.outcome === outcome);
  }
}
