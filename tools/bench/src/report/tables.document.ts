import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runTool } from '@gatehouse/workspace';
import { type KeptResults, resultsFile, textOf } from './results.js';

const DOCUMENT = join(ROOT, 'docs/performance.md');

/** Puts what was measured last into the document, so that nobody copies a figure. What was not measured stays. */
export async function writeTables(benches: readonly string[]): Promise<void> {
  const kept = benches.filter((bench) => existsSync(resultsFile(bench)));
  const results = kept.map((bench) => JSON.parse(readFileSync(resultsFile(bench), 'utf8')) as KeptResults);
  writeFileSync(DOCUMENT, results.reduce(withResults, readFileSync(DOCUMENT, 'utf8')));
  await runTool('prettier', ['--write', DOCUMENT], { quiet: true });
  console.log(`docs/performance.md has the tables of ${kept.join(', ') || 'no bench: none was run yet'}.`);
}

/** A document with what a bench has found between that bench's marks. */
export function withResults(document: string, { bench, measuredAt, machine, found }: KeptResults): string {
  const [begin, end] = [`<!-- bench:${bench} -->`, `<!-- /bench:${bench} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The document lacks the marks ${begin} and ${end}.`);
  const { cores, node, platform } = machine;
  const when = `_Measured on ${measuredAt.slice(0, 10)}: ${cores} cores, ${platform}, Node ${node.slice(1)}._`;
  const text = [begin, when, ...found.map(textOf), ''].join('\n\n');
  return document.slice(0, from) + text + document.slice(to);
}
