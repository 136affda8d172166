/** What one fault showed: figures to read, and what should have held and did not. */
export class Report {
  readonly name: string;
  /** All figures told so far, in order. */
  readonly figures: { what: string; value: number | string }[] = [];
  readonly #begun = performance.now();
  readonly #failures: string[] = [];
  readonly #rows: Readonly<Record<string, number | string>>[] = [];

  constructor(name: string) {
    this.name = name;
  }

  get failed(): boolean {
    return this.#failures.length > 0;
  }

  /** How many things did not hold. */
  get failures(): number {
    return this.#failures.length;
  }

  /** How long it has taken so far, in seconds. */
  get seconds(): string {
    return ((performance.now() - this.#begun) / 1_000).toFixed(0);
  }

  /** Something to read; `…, bound …` where there is one. */
  figure(what: string, value: number | string): void {
    this.figures.push({ what, value });
    console.log(`${this.name}: ${what}: ${value}`);
  }

  /** One row of the table that is shown at the end. */
  row(cells: Readonly<Record<string, number | string>>): void {
    this.#rows.push(cells);
  }

  /** Notes what must hold; says so at once when it does not. */
  expect(holds: boolean, sentence: string): void {
    if (holds) return;
    this.#failures.push(sentence);
    if (this.#failures.length <= 10) console.error(`${this.name}: FAILED: ${sentence}`);
  }

  end(): void {
    if (this.#rows.length > 0) console.table(this.#rows);
    console.log(`${this.name}: ${this.failed ? `${this.#failures.length} things did not hold` : 'held'}`);
  }
}

/**
 * A bound in milliseconds on a machine that others use as well: that, or three times what is usual in the same run.
 *
 * @param idle the p99 while nothing is wrong
 */
export function boundOf(milliseconds: number, idle: number): number {
  return Math.max(milliseconds, Math.ceil(3 * idle));
}

/** The value below which that share of the values lies, to a tenth. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return Math.round(value * 10) / 10;
}
