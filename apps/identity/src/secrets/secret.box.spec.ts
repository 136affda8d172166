import { describe, expect, it } from 'vitest';
import { SealBroken, SecretBox } from './secret.box.js';

const box = new SecretBox('a key', 'tests');

describe('SecretBox', () => {
  it('opens what it sealed', () => {
    expect(box.open(box.seal('a secret', 'row 1'), 'row 1').toString()).toBe('a secret');
  });

  it('seals the same thing differently each time, and shows nothing of it', () => {
    const sealed = box.seal('a secret', 'row 1');
    expect(box.seal('a secret', 'row 1')).not.toBe(sealed);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('secret');
  });

  it.each([
    ['sealed for another place', (sealed: string) => box.open(sealed, 'row 2')],
    ['sealed under another key', (sealed: string) => new SecretBox('another', 'tests').open(sealed, 'row 1')],
    ['sealed for another purpose', (sealed: string) => new SecretBox('a key', 'else').open(sealed, 'row 1')],
    [
      'changed',
      (sealed: string) =>
        box.open(
          sealed.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
          'row 1',
        ),
    ],
    ['cut short', (sealed: string) => box.open(sealed.slice(0, 20), 'row 1')],
  ])('does not open what was %s', (_, open) => {
    expect(() => open(box.seal('a secret', 'row 1'))).toThrow(SealBroken);
  });
});
