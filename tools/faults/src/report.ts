/** One line of the table at the end. */
export interface Figure {
  readonly what: string;
  readonly value: number | string;
  /** What it is to keep to, where there is something. */
  readonly bound?: string;
  readonly held: boolean;
}

/** What one fault showed: figures, each with its bound, and what should have held and did not. */
export class Report {
  readonly name: string;
  /** In the order in which they were told. */
  readonly figures: Figure[] = [];
  /** How long it took, in seconds. */
  seconds = 0;
  readonly #begun = performance.now();
  readonly #failures: string[] = [];

  constructor(name: string) {
    this.name = name;
  }

  get failed(): boolean {
    return this.#failures.length > 0 || this.figures.some(({ held }) => !held);
  }

  /** Whether nothing is wrong but figures, which depend on what else the machine does. */
  get isOnlySlow(): boolean {
    return this.failed && this.#failures.length === 0;
  }

  /** How many things did not hold that have nothing to do with how busy the machine is. */
  get failures(): number {
    return this.#failures.length;
  }

  /** Something to read. */
  figure(what: string, value: number | string): void {
    this.#tell({ what, value, held: true });
  }

  /** A figure that must be no larger. */
  atMost(what: string, value: number, bound: number): void {
    this.#tell({ what, value: rounded(value), bound: `≤ ${bound}`, held: value <= bound });
  }

  /** A figure that must be no smaller. */
  atLeast(what: string, value: number, bound: number): void {
    this.#tell({ what, value: rounded(value), bound: `≥ ${bound}`, held: value >= bound });
  }

  /** Notes what must hold, however busy the machine is; says so at once when it does not. */
  expect(holds: boolean, sentence: string): void {
    if (holds) return;
    this.#failures.push(sentence);
    if (this.#failures.length <= 10) console.error(`${this.name}: FAILED: ${sentence}`);
  }

  end(): void {
    this.seconds = Math.round((performance.now() - this.#begun) / 1_000);
    const missed = this.figures.filter(({ held }) => !held).length;
    const wrong = `${this.failures} things did not hold, ${missed} figures are beyond their bounds`;
    console.log(`${this.name}: ${this.failed ? wrong : 'held'}, ${this.seconds} s`);
  }

  #tell(figure: Figure): void {
    this.figures.push(figure);
    const { what, value, bound, held } = figure;
    const told = `${what}: ${value}${bound === undefined ? '' : `, bound ${bound}`}`;
    if (held) console.log(`${this.name}: ${told}`);
    else console.error(`${this.name}: FAILED: ${told}`);
  }
}

/** The value below which that share of the values lies, to a tenth. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return Math.round(value * 10) / 10;
}

function rounded(value: number): number {
  return value < 10 ? Math.round(value * 100) / 100 : Math.round(value);
}
