import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@gatehouse/workspace';
import { type Row, table } from './table.js';

const FOLDER = join(ROOT, '.bench');

/** What a bench has found: printed as it comes, and kept in `.bench/<bench>.json` and `.bench/<bench>.md`. */
export class Results {
  private readonly measuredAt = new Date().toISOString();
  private readonly found: ({ note: string } | { title: string; rows: readonly Row[] })[] = [];

  constructor(private readonly bench: string) {}

  /** A sentence on how it was measured, or on what spoils it. */
  note(note: string): void {
    this.keep({ note }, note);
  }

  table(title: string, rows: readonly Row[]): void {
    this.keep({ title, rows }, `\n${title}\n\n${table(rows)}`);
  }

  private keep(one: (typeof this.found)[number], text: string): void {
    console.log(text);
    this.found.push(one);
    mkdirSync(FOLDER, { recursive: true });
    const { bench, measuredAt, found } = this;
    const machine = { cores: availableParallelism(), node: process.version, platform: process.platform };
    const file = join(FOLDER, bench);
    writeFileSync(`${file}.json`, `${JSON.stringify({ bench, measuredAt, machine, found }, null, 2)}\n`);
    writeFileSync(`${file}.md`, `${found.map(textOf).join('\n\n')}\n`);
  }
}

function textOf(one: { note: string } | { title: string; rows: readonly Row[] }): string {
  return 'note' in one ? one.note : `### ${one.title}\n\n${table(one.rows)}`;
}
