import { describe, expect, it } from 'vitest';
import { tallyLine, tallyOf } from './tally.ts';

const passing = { name: 'a.spec.ts', status: 'passed', assertionResults: [{ status: 'passed' }] };
const failing = {
  name: `${process.cwd()}/libs/b.spec.ts`,
  status: 'failed',
  assertionResults: [
    { status: 'passed', fullName: 'b opens' },
    { status: 'failed', fullName: 'b closes', failureMessages: ['Error: too late\n    at b.ts'] },
  ],
};
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
    expect(tallyOf(report({ numFailedTests: 1, testResults: [passing, failing] }), false)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 0,
      failures: ['failed: libs/b.spec.ts: b closes: Error: too late'],
    });
  });

  it('counts a file that broke before its tests as a failure', () => {
    const broken = { name: 'c.spec.ts', status: 'failed', message: 'no such module', assertionResults: [] };
    const tally = tallyOf(report({ numFailedTests: 1, testResults: [passing, failing, broken] }), false);
    expect(tally.failed).toBe(2);
    expect(tally.failures[1]).toBe('failed: c.spec.ts: no such module');
  });

  it('never calls a run that failed a success', () => {
    expect(tallyOf(report({}), false).failed).toBe(1);
  });

  it('tells of skipped tests only where there are any', () => {
    expect(tallyLine({ passed: 3, failed: 0, skipped: 0, failures: [] })).toBe('3 passed, 0 failed');
    expect(tallyLine({ passed: 3, failed: 0, skipped: 2, failures: [] })).toBe(
      '3 passed, 0 failed, 2 skipped',
    );
  });
});
