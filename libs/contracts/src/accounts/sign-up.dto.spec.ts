import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { SignUpRequest } from './sign-up.dto.js';

const PASSWORD = 'a long enough password';

const problems = (plain: object): string[] =>
  validateSync(plainToInstance(SignUpRequest, plain)).flatMap((error) =>
    Object.values(error.constraints ?? {}),
  );

describe('SignUpRequest', () => {
  it.each(['reader@example.com', 'a+b@sub.example.co.uk', "o'neil@example.com", 'josé@example.com'])(
    'takes the address %s',
    (email) => expect(problems({ email, password: PASSWORD })).toEqual([]),
  );

  it('reads an address in lower case and without spaces around it', () => {
    const { email } = plainToInstance(SignUpRequest, { email: ' Reader@Example.COM ', password: PASSWORD });
    expect(email).toBe('reader@example.com');
  });

  it.each([
    ['nothing', ''],
    ['no domain', 'reader'],
    ['two lines', 'reader@example.com\nBcc: all@example.com'],
    ['two addresses', 'a@example.com,b@example.com'],
    ['a name beside it', 'Reader <reader@example.com>'],
    ['255 characters', `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`],
    ['half a surrogate pair', 'a\uD800@example.com'],
    ['a list', ['a@example.com']],
    ['null', null],
  ])('refuses an address of %s in a sentence', (_, email) => {
    expect(problems({ email, password: PASSWORD })).toEqual(['email must be an email address']);
  });

  it('takes 128 characters of password and no more', () => {
    expect(problems({ email: 'a@example.com', password: '😀'.repeat(128) })).toEqual([]);
    expect(problems({ email: 'a@example.com', password: 'a'.repeat(129) })).toEqual([
      'password must be a text of 1 to 128 characters',
    ]);
  });

  it('takes one of five languages, or none', () => {
    expect(problems({ email: 'a@example.com', password: PASSWORD, locale: 'ja' })).toEqual([]);
    expect(problems({ email: 'a@example.com', password: PASSWORD, locale: 'tlh' })).toHaveLength(1);
    expect(problems({ email: 'a@example.com', password: PASSWORD, locale: null })).toHaveLength(1);
  });
});
