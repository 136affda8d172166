import { describe, expect, it } from 'vitest';
import { StartFailure } from '../config/start.failure.js';
import { sentenceOf } from './start.sentence.js';

/** As libraries tell it that know nothing of this one. */
class Misconfigured extends Error {
  readonly mistakes = ['client: give both id and secret'];
}

describe('why a service cannot start', () => {
  it('is told without a stack where somebody can mend it', () => {
    for (const error of [
      new StartFailure('The disk is full.'),
      new Misconfigured('AccessModule is misconfigured:\n  - client'),
    ]) {
      expect(sentenceOf(error)).toBe(error.message);
    }
  });

  it('is told with a stack where nobody foresaw it', () => {
    expect(sentenceOf(new Error('odd'))).toMatch(/^Error: odd\n\s+at /);
  });
});
