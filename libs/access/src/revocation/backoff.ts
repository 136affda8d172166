const FIRST = 100;
const LONGEST = 5_000;

/** How long to wait before another try, in milliseconds: ever longer, and never in step with the other guards. */
export class Backoff {
  private failures = 0;

  constructor(private readonly random: () => number = Math.random) {}

  /** After a try that failed. */
  afterFailure(): number {
    const longest = Math.min(FIRST * 2 ** this.failures, LONGEST);
    this.failures += 1;
    return longest * (0.5 + this.random() / 2);
  }

  /** After one that did not: only as long as it takes to come apart. */
  afterSuccess(): number {
    this.failures = 0;
    return FIRST * this.random();
  }
}
