import { stripVTControlCharacters } from 'node:util';

/** What a screen writes to: a terminal, or whatever takes its place. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Goes up that many lines, to their beginning, and clears what is below (ECMA-48 §8.3.13, §8.3.39). */
const rewind = (lines: number) => (lines > 0 ? `\u001b[${lines}F` : '\r') + '\u001b[J';

/** Text that is written anew in place while things change. Where there is no terminal, only what it ends with is written. */
export class Screen {
  readonly #output: Output;
  readonly #live: boolean;
  #shown: string | undefined;

  constructor(output: Output = process.stdout, term = process.env['TERM']) {
    this.#output = output;
    this.#live = output.isTTY === true && term !== 'dumb';
  }

  /** Shows it in place of what was shown before. */
  show(text: string): void {
    if (!this.#live) return;
    this.#output.write(`${this.#erasing()}${text}\n`);
    this.#shown = text;
  }

  /** Writes a line that stays, above what is shown. */
  above(line: string, output: Output = this.#output): void {
    const shown = this.#shown;
    this.#output.write(this.#erasing());
    output.write(`${line}\n`);
    if (shown !== undefined) this.show(shown);
  }

  /** Writes what stays in place of what was shown. */
  end(text: string): void {
    this.#output.write(`${this.#erasing()}${text}\n`);
  }

  #erasing(): string {
    if (this.#shown === undefined) return '';
    const lines = this.#shown.split('\n').map((line) => this.#rowsOf(line));
    this.#shown = undefined;
    return rewind(lines.reduce((sum, rows) => sum + rows, 0));
  }

  /** A line that is longer than the terminal is wide takes several rows. */
  #rowsOf(line: string): number {
    const width = stripVTControlCharacters(line).length;
    return Math.max(1, Math.ceil(width / (this.#output.columns || Infinity)));
  }
}
