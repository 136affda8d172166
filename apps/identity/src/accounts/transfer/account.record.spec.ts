import { describe, expect, it } from 'vitest';
import { accountOf, type TransferTerms } from './account.record.js';

const DIGEST = '$2a$11$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
const NOW = new Date('2024-06-01T12:00:00Z');
const read = (fields: Record<string, unknown>, terms: Partial<TransferTerms> = {}) =>
  accountOf({ email: 'ada@example.com', ...fields }, { locked: 'reset', ...terms }, NOW);

describe('a record of Devise', () => {
  it('becomes an account as it was', () => {
    const { user, externalId } = read({
      id: '42',
      email: ' Ada@Example.COM ',
      encrypted_password: DIGEST,
      confirmed_at: '2020-01-02 03:04:05.123456',
      locked_at: '',
      failed_attempts: '3',
      locale: 'de_AT',
      admin: 't',
      created_at: '2019-05-06 07:08:09',
      updated_at: '2021-01-01 00:00:00 UTC',
      current_sign_in_at: '2021-02-03T04:05:06+02:00',
    });
    expect(externalId).toBe('42');
    expect(user).toMatchObject({
      email: 'ada@example.com',
      passwordDigest: DIGEST,
      passwordResetRequired: false,
      roles: ['admin'],
      locale: 'de',
      emailConfirmedAt: new Date('2020-01-02T03:04:05.123Z'),
      disabledAt: null,
      createdAt: new Date('2019-05-06T07:08:09Z'),
      updatedAt: new Date('2021-01-01T00:00:00Z'),
      lastSignInAt: new Date('2021-02-03T02:05:06Z'),
    });
  });

  it('needs no more than an address, and is then unconfirmed and without a password', () => {
    const { user, externalId, dated } = read({ encrypted_password: '\\N', confirmed_at: 'NULL' });
    expect(user).toMatchObject({ passwordDigest: null, emailConfirmedAt: null, roles: [], locale: 'en' });
    expect([externalId, dated]).toEqual([null, false]);
    expect(read({}, { assumeConfirmed: true }).user.emailConfirmedAt).toEqual(NOW);
  });

  it.each([
    [{}, { passwordResetRequired: true, disabledAt: null }],
    [{ locked: 'disable' as const }, { passwordResetRequired: false, disabledAt: NOW }],
    [{ locked: 'open' as const }, { passwordResetRequired: false, disabledAt: null }],
    [{ unlockIn: 3_600 }, { passwordResetRequired: false }],
    [{ unlockIn: 7_200 }, { passwordResetRequired: true }],
  ])('that is locked becomes what was asked for: %j', (terms, expected) => {
    expect(read({ locked_at: '2024-06-01 10:30:00' }, terms).user).toMatchObject(expected);
  });

  it.each([
    ['email must be an email address', { email: '' }],
    ['email must be an email address', { email: 'a@b@c' }],
    ['email must be a text', { email: ['a@example.com'] }],
    ['email has a control character', { email: 'a\0@example.com' }],
    ['email has half a character', { email: 'a\uD800@example.com' }],
    ['email is longer than 254 characters', { email: `${'a'.repeat(300)}@example.com` }],
    ['encrypted_password is no digest', { encrypted_password: 'secret' }],
    ['encrypted_password is no digest', { encrypted_password: `${DIGEST}x` }],
    [
      'encrypted_password is no digest',
      { encrypted_password: '$argon2i$v=19$m=1,t=1,p=1$AAAAAAAAAAAA$AAAAAAAAAAAAAAAA' },
    ],
    ['encrypted_password costs too much', { encrypted_password: DIGEST.replace('$11$', '$31$') }],
    ['encrypted_password costs too much', { encrypted_password: DIGEST.replace('$11$', '$03$') }],
    ['created_at must be a time', { created_at: 'yesterday' }],
    ['created_at must be a time', { created_at: '2023-02-31 00:00:00' }],
    ['created_at must be a time', { created_at: '2023-02-01 25:00:00' }],
    ['created_at is before 1970', { created_at: '1969-12-31 23:59:59' }],
    ['there is no role emperor', { roles: 'user, emperor' }],
    ['admin must be true or false', { admin: 'perhaps' }],
    ['external_id is longer than 255 characters', { external_id: 'x'.repeat(256) }],
  ])('is refused: %s', (reason, fields) => {
    expect(() => read(fields)).toThrow(reason);
  });
});
