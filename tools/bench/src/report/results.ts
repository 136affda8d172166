import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '@gatehouse/workspace';
import { type Row, table } from './table.js';

/** A sentence on how it was measured or on what spoils it, or a table. */
export type Finding = { note: string } | { title: string; rows: readonly Row[] };

/** What is kept of a bench. */
export interface KeptResults {
  readonly bench: string;
  /** ISO 8601. */
  readonly measuredAt: string;
  readonly machine: { readonly cores: number; readonly node: string; readonly platform: string };
  readonly found: readonly Finding[];
}

/** Where it is kept. */
export function resultsFile(bench: string): string {
  return join(ROOT, '.bench', `${bench}.json`);
}

/** What a bench has found: printed as it comes, and kept. */
export class Results {
  private readonly measuredAt = new Date().toISOString();
  private readonly found: Finding[] = [];

  constructor(private readonly bench: string) {}

  /** A sentence on how it was measured, or on what spoils it. */
  note(note: string): void {
    this.keep({ note }, note);
  }

  table(title: string, rows: readonly Row[]): void {
    this.keep({ title, rows }, `\n${title}\n\n${table(rows)}`);
  }

  private keep(one: Finding, text: string): void {
    console.log(text);
    this.found.push(one);
    const { bench, measuredAt, found } = this;
    const machine = { cores: availableParallelism(), node: process.version, platform: process.platform };
    const kept: KeptResults = { bench, measuredAt, machine, found };
    const file = resultsFile(bench);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  }
}

/** A finding in Markdown. */
export function textOf(one: Finding): string {
  return 'note' in one ? one.note : `**${one.title}**\n\n${table(one.rows)}`;
}
