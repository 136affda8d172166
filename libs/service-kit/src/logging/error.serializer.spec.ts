import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { serializeError } from './error.serializer.js';

describe('an error in the log', () => {
  it('has its type, message, code, stack and causes', () => {
    const cause = Object.assign(new TypeError('inner'), { code: 'E_INNER' });
    expect(serializeError(new Error('outer', { cause }))).toEqual({
      type: 'Error',
      message: 'outer',
      stack: expect.stringContaining('error.serializer.spec'),
      cause: { type: 'TypeError', message: 'inner', code: 'E_INNER', stack: expect.any(String) },
    });
  });

  it('has no parameters of a query', () => {
    const error = new QueryFailedError('UPDATE users SET digest = ?', ['tell-nobody'], new Error('it broke'));
    expect(JSON.stringify(serializeError(error))).not.toContain('tell-nobody');
  });

  it('ends, when causes go round in a circle', () => {
    const error = new Error('snake');
    error.cause = error;
    expect(JSON.stringify(serializeError(error)).match(/"message"/g)).toHaveLength(6);
  });

  it('is none, when something else was thrown', () => {
    expect(serializeError('tell-nobody')).toEqual({
      type: 'string',
      message: 'Something that is no Error was thrown.',
    });
  });
});
