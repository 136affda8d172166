import type { Setup } from './setup/setup.ts';

/** Something that is wrong: why, and what mends it. Neither quotes a secret. */
export interface Finding {
  /** The service that has it; none where it is the set-up's as a whole. */
  readonly service?: string;
  readonly cause: string;
  readonly remedy: string;
}

/** What a look showed: all that is wrong, nothing where all is well; or why there was nothing to look at. */
export type Sight = readonly Finding[] | { readonly nothing: string };

/** One question to a set-up. */
export interface Check {
  readonly name: string;
  /** What holds when nothing is wrong, for the table. */
  readonly holds: string;
  look(setup: Setup): Sight | Promise<Sight>;
}
