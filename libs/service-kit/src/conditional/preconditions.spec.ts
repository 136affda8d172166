import { PreconditionFailed } from '@gatehouse/contracts';
import { describe, expect, it } from 'vitest';
import { Preconditions } from './preconditions.js';

const TAG = '"1"';

const refusalOf = (act: () => void): unknown => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('preconditions', () => {
  it.each([
    [{}, false],
    [{ 'if-none-match': '*' }, true],
    [{ 'if-none-match': TAG }, true],
    [{ 'if-none-match': 'W/"1"' }, true],
    [{ 'if-none-match': '"0", W/"1"' }, true],
    [{ 'if-none-match': '"2"' }, false],
    [{ 'if-none-match': '1' }, false],
  ])('with %j know whether the requester has it: %s (RFC 9110 §13.1.2)', (headers, has) => {
    expect(new Preconditions(headers).alreadyHas(TAG)).toBe(has);
  });

  it.each([
    [{}, true],
    [{ 'if-match': '*' }, true],
    [{ 'if-match': TAG }, true],
    [{ 'if-match': `"0", ${TAG}` }, true],
    [{ 'if-match': 'W/"1"' }, false],
    [{ 'if-match': '"2"' }, false],
    [{ 'if-match': 'nonsense' }, false],
    [{ 'if-match': '' }, false],
    [{ 'if-none-match': '*' }, false],
  ])('with %j are met: %s (RFC 9110 §13.1.1)', (headers, met) => {
    const failed = refusalOf(() => new Preconditions(headers).assertMet(TAG));
    expect(failed instanceof PreconditionFailed).toBe(!met);
  });

  it('bind a write to one state where they name one', () => {
    const binds = (given?: string) => new Preconditions({ 'if-match': given }).bindState;
    expect([binds(TAG), binds('*'), binds()]).toEqual([true, false, false]);
  });
});
