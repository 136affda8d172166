import { NotFound } from '@gatehouse/contracts';
import { InvalidToken } from '@gatehouse/tokens';
import { describe, expect, it } from 'vitest';
import { Unauthenticated } from '../errors/credential.errors.js';
import { GuardOutcomes } from './guard.outcomes.js';

const refuse = (error: unknown) => () => {
  throw error;
};

describe('what the guard decides', () => {
  it('is counted as it is decided, at once or later', async () => {
    const outcomes = new GuardOutcomes();
    expect(outcomes.watch(() => true)).toBe(true);
    await expect(outcomes.watch(async () => true)).resolves.toBe(true);
    expect(outcomes.counts).toEqual({ admitted: 2 });
  });

  it('is counted by the reason of a refusal, which goes on as it is', async () => {
    const outcomes = new GuardOutcomes();
    const refusals = [
      new InvalidToken('expired'),
      new InvalidToken('revoked'),
      new InvalidToken('whatever else'),
      new Unauthenticated('Bearer'),
      new NotFound(),
      new Error('a fault of ours'),
    ];
    for (const refusal of refusals) {
      expect(() => outcomes.watch(refuse(refusal))).toThrow(refusal);
      await expect(outcomes.watch(async () => refuse(refusal)())).rejects.toBe(refusal);
    }
    const twice = ['expired', 'revoked', 'malformed', 'unauthenticated', 'not_found', 'failed'];
    expect(outcomes.counts).toEqual({ admitted: 0, ...Object.fromEntries(twice.map((name) => [name, 2])) });
  });
});
