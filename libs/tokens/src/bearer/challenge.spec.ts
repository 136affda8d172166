import { describe, expect, it } from 'vitest';
import { challenge } from './challenge.js';

describe('T10: the challenge', () => {
  it('carries no error where there was no credential', () => {
    expect(challenge({ realm: 'articles', resourceMetadata: 'https://a.example/.well-known/x' })).toBe(
      'Bearer realm="articles", resource_metadata="https://a.example/.well-known/x"',
    );
  });

  it('names the error, and describes it without saying what failed', () => {
    expect(challenge({ realm: 'articles', error: 'invalid_token' })).toBe(
      'Bearer realm="articles", error="invalid_token", error_description="The access token is not valid"',
    );
  });

  it('names all the scopes that would do', () => {
    expect(challenge({ error: 'insufficient_scope', scope: ['a', 'b'] })).toContain(
      'error="insufficient_scope", scope="a b"',
    );
  });

  it('is the bare scheme when there is nothing to say', () => {
    expect(challenge({})).toBe('Bearer');
  });

  it('escapes what would end a quoted string', () => {
    expect(challenge({ realm: 'a"b\\c' })).toBe(String.raw`Bearer realm="a\"b\\c"`);
  });
});
