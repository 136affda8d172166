import type { CaseResult, ConformanceReport } from './conformance.report.js';

const MARKS: Record<CaseResult['outcome'], string> = { passed: 'ok', failed: 'FAILED', lacking: 'lacking' };

/** For a person: one line for each case, by subject, what failed with what was done instead, and the counts. */
export function reportAsTable(report: ConformanceReport): string {
  const rows = report.results.map(({ subject, name, reference, outcome }) => [
    MARKS[outcome],
    subject,
    name,
    reference,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const failures = report.failures.map((failure) => `- ${failure}`);
  const counts = `${report.having('passed').length} passed, ${failures.length} failed, ${report.having('lacking').length} lacking`;
  const lacks = report.without.length > 0 ? [`Declared as lacking: ${report.without.join(', ')}.`] : [];
  return [...lines, '', ...failures, ...(failures.length > 0 ? [''] : []), ...lacks, counts, ''].join('\n');
}

/** For a program. */
export function reportAsJson(report: ConformanceReport): string {
  const { results, without, failures } = report;
  return `${JSON.stringify({ passed: failures.length === 0, without, results }, null, 2)}\n`;
}

/** For a CI that reads JUnit's XML. */
export function reportAsJunit(report: ConformanceReport): string {
  const { results } = report;
  const counts = `tests="${results.length}" failures="${report.having('failed').length}" skipped="${report.having('lacking').length}"`;
  const cases = results.map((result) => {
    const open = `  <testcase classname="${xml(result.subject)}" name="${xml(result.name)}" time="${result.milliseconds / 1_000}"`;
    if (result.outcome === 'passed') return `${open}/>`;
    const element = result.outcome === 'failed' ? 'failure' : 'skipped';
    return `${open}><${element} message="${xml(`${result.reference}: ${result.message}`)}"/></testcase>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="gatehouse-conform" ${counts}>\n${cases.join('\n')}\n</testsuite>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function xml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!).replace(/[^\t\n\r\x20-\ud7ff]/g, '?');
}
