import { table } from '@gatehouse/workspace';

/** What came of one route. */
interface Row {
  inputs: number;
  /** Answered by the route itself: neither 401, 429, nor 403 for want of a scope. */
  past: number;
  controls: number;
  flaws: number;
}

/** Inputs, answers and flaws, by route. */
export class Tally {
  readonly #rows = new Map<string, Row>();
  readonly #flaws: string[] = [];
  readonly #statuses = new Map<number, number>();
  inputs = 0;
  past = 0;
  acceptances = 0;

  get flaws(): number {
    return this.#flaws.length;
  }

  count(route: string, status: number, past: boolean): void {
    const row = this.#row(route);
    row.inputs += 1;
    this.inputs += 1;
    if (past) {
      row.past += 1;
      this.past += 1;
    }
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }

  control(route: string): void {
    this.#row(route).controls += 1;
  }

  flaw(route: string, sentence: string): void {
    this.#row(route).flaws += 1;
    this.#flaws.push(`${route}: ${sentence}`);
    if (this.#flaws.length <= 20) console.error(`FLAW ${route}: ${sentence}`);
  }

  /** What must hold at the end and does not. */
  failures(): string[] {
    const uncontrolled = [...this.#rows].filter(([, { controls }]) => controls === 0).map(([route]) => route);
    return [
      ...(this.flaws > 0 ? [`${this.flaws} flaws`] : []),
      ...(this.acceptances > 0 ? [`${this.acceptances} tokens accepted that are none`] : []),
      ...(this.past / this.inputs < 0.7 ? ['less than 70 % got past authentication and throttling'] : []),
      ...uncontrolled.map((route) => `${route} took no good request`),
    ];
  }

  print(): void {
    const rows = [...this.#rows].map(([route, { inputs, past, controls, flaws }]) => [
      route,
      String(inputs),
      `${Math.round((100 * past) / inputs)} %`,
      String(controls),
      String(flaws),
    ]);
    console.log(table(['route', 'inputs', 'past authentication', 'good requests taken', 'flaws'], rows));
    const statuses = [...this.#statuses].toSorted(([a], [b]) => a - b);
    console.log(`\n  ${statuses.map(([status, count]) => `${status || 'closed'}: ${count}`).join('   ')}`);
  }

  #row(route: string): Row {
    const row = this.#rows.get(route) ?? { inputs: 0, past: 0, controls: 0, flaws: 0 };
    this.#rows.set(route, row);
    return row;
  }
}
