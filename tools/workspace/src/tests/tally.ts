import { relative } from 'node:path';

/** How many tests went which way, and a line for each that failed: file, name, and the first line of why. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

/** The part of Vitest's JSON report that is counted. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: TestFile[];
}

interface TestFile {
  name: string;
  status: string;
  message?: string;
  assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
}

/**
 * Counts Vitest's JSON report. A file that failed before its tests counts as one failure, and so does a run that
 * failed with no failed test to show for it, such as an error nobody caught.
 */
export function tallyOf(json: string, ok: boolean): Tally {
  const report = JSON.parse(json) as Report;
  const failures = report.testResults.filter(({ status }) => status === 'failed').flatMap(failuresOf);
  const failed = Math.max(report.numFailedTests, failures.length);
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !ok ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

function failuresOf({ name, message, assertionResults }: TestFile): string[] {
  const file = relative(process.cwd(), name);
  const failing = assertionResults.filter(({ status }) => status === 'failed');
  if (failing.length === 0) return [`failed: ${file}: ${firstLine(message)}`];
  return failing.map(
    ({ fullName, failureMessages }) => `failed: ${file}: ${fullName}: ${firstLine(failureMessages?.[0])}`,
  );
}

function firstLine(text = ''): string {
  return text.split('\n', 1)[0] ?? '';
}

/** `12 passed, 0 failed`, and what was skipped only where something was. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}
