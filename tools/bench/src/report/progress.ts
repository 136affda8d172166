/** Tells how far something long has come: over and over in one line of a terminal, elsewhere once it is done. */
export class Progress {
  readonly #startedAt = performance.now();

  constructor(
    private readonly what: string,
    private readonly total: number,
  ) {}

  show(done: number): void {
    if (!process.stderr.isTTY) return;
    const share = Math.floor((done / this.total) * 100);
    process.stderr.write(
      `\r${this.what}: ${done.toLocaleString('en')} of ${this.total.toLocaleString('en')} (${share} %)`,
    );
  }

  end(): void {
    const seconds = (performance.now() - this.#startedAt) / 1_000;
    const clear = process.stderr.isTTY ? '\r\u001B[K' : '';
    process.stderr.write(
      `${clear}${this.what}: ${this.total.toLocaleString('en')} in ${seconds.toFixed(1)} s\n`,
    );
  }
}
