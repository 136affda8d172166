import { styleText } from 'node:util';
import { textTable } from './text.table.js';

/** What a row may hold. */
export type Cell = string | number | boolean | null | undefined | readonly string[];

/** A row of a list. */
export type Row = Readonly<Record<string, Cell>>;

/** Tells what a command did: in words, or as JSON for scripts. Colours go to terminals alone. */
export class Output {
  constructor(private readonly json: boolean) {}

  /** @param result for scripts @param words for people */
  tell(result: object, words: string): void {
    this.write(this.json ? JSON.stringify(result) : words);
  }

  /** A list. @param columns what people see of the rows */
  list<Entry extends Row>(rows: readonly Entry[], columns: readonly (keyof Entry & string)[]): void {
    if (this.json) return this.write(JSON.stringify(rows));
    if (rows.length === 0) return this.write('There is none.');
    this.write(textTable(rows, columns, (heading) => styleText('bold', heading, { stream: process.stdout })));
  }

  /** Everything about one thing. */
  show(entry: Row): void {
    if (this.json) return this.write(JSON.stringify(entry));
    const rows = Object.entries(entry).map(([name, value]) => ({ name, value }));
    this.write(textTable(rows, ['name', 'value']));
  }

  /** What people should know besides. */
  remark(words: string): void {
    if (!this.json) process.stderr.write(`${styleText('dim', words, { stream: process.stderr })}\n`);
  }

  private write(text: string): void {
    process.stdout.write(`${text}\n`);
  }
}
