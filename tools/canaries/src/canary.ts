/** One exact change of a source file. */
export interface Edit {
  /** From the workspace's root. */
  readonly file: string;
  /** Stands in the file once. */
  readonly from: string;
  readonly to: string;
}

/** What is to notice: tests of one spec file by their name, or a fault, as the quick set has it. */
export type Check =
  { readonly spec: string; readonly test: string } | { readonly fault: string; readonly rounds: number };

/** A flaw that is put into a copy of the services, and the check that must turn red on it. */
export interface Canary {
  readonly name: string;
  /** What is wrong with the services, in a clause. */
  readonly flaw: string;
  readonly edits: readonly Edit[];
  readonly check: Check;
}

/** What a person would type to run the check. */
export function titleOf(check: Check): string {
  return 'fault' in check ? `npm run faults -- ${check.fault} --quick` : `${check.spec} › ${check.test}`;
}
