import { describe, expect, it } from 'vitest';
import { tallyLine, tallyOf } from './tally.ts';

const passing = { status: 'passed', assertionResults: [{ status: 'passed' }] };
const report = (changes: object) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [passing],
    ...changes,
  });

describe('the tally of a test run', () => {
  it('counts what passed and what failed', () => {
    expect(tallyOf(report({ numFailedTests: 2 }), false)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  it('counts a file that broke before its tests as a failure', () => {
    const broken = { status: 'failed', assertionResults: [] };
    expect(tallyOf(report({ testResults: [passing, broken] }), false).failed).toBe(1);
  });

  it('does not count a file twice whose tests failed', () => {
    const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] };
    expect(tallyOf(report({ numFailedTests: 1, testResults: [failing] }), false).failed).toBe(1);
  });

  it('never calls a run that failed a success', () => {
    expect(tallyOf(report({}), false).failed).toBe(1);
  });

  it('tells of skipped tests only where there are any', () => {
    expect(tallyLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(tallyLine({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
  });
});
