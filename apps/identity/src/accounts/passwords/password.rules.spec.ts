import { loadConfig } from '@gatehouse/service-kit';
import { describe, expect, it } from 'vitest';
import { IdentityConfig } from '../../identity.config.js';
import { PasswordRefused, PasswordRules } from './password.rules.js';

const rules = new PasswordRules(loadConfig(IdentityConfig, { PUBLIC_URL: 'https://id.acme.example' }));

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://id.acme.example',
  KEY_ENCRYPTION_KEY: 'p8Yb1Qm0zKq4Jr7XvT2sWc5NdLfGhEaU',
  TOKEN_SECRET: 'Zx3Vb6Nm9QwErTyUiOpAsDfGhJkLzXc1',
};

function sentences(password: string, email = 'ada.lovelace@example.com'): string[] {
  try {
    rules.check(password, email);
    return [];
  } catch (error) {
    return (error as PasswordRefused).errors['password']!;
  }
}

describe('PasswordRules', () => {
  it.each([
    'correct horse battery',
    'opensesame-please',
    '正しい馬の電池ホチキスの針を打つ人',
    '😀🎟🚪🔑🏰🛡🪪📮🧭🗝📜🏷🔒🚧🎫',
    'lovelace was the first to write one',
    'gatehouse keepers sleep in shifts',
    'we were there, dressed as trees',
    'asdf is no word of mine',
  ])('takes %j', (password) => expect(sentences(password)).toEqual([]));

  it('counts characters, not code units', () => {
    expect(sentences('😀🎟🚪🔑🏰🛡🪪📮🧭🗝📜🏷🔒🚧')).toEqual(['password must have at least 15 characters']);
  });

  it('takes the minimum from its setting', () => {
    const strict = new PasswordRules(loadConfig(IdentityConfig, { PASSWORD_MIN_LENGTH: '20' }));
    expect(() => strict.check('correct horse batt', 'a@example.com')).toThrow(PasswordRefused);
  });

  it.each([
    ['the address', 'ada.lovelace@example.com'],
    ['the address in capitals', 'Ada.Lovelace@Example.COM'],
    ['the name in it, twice', 'lovelace lovelace'],
    ['the name in it and digits', 'lovelace-1815-12-10'],
    ['the product', 'GateHouse123456'],
    ['the product and the name', 'gatehouse-lovelace'],
    ['the host of the service', 'acme-acme-acme-acme!'],
    ['full-width letters of it', 'ｌｏｖｅｌａｃｅ１８１５１２１０'],
  ])('refuses %s', (_, password) => {
    expect(sentences(password)).toContain(
      'password must not be made of your email address or the name of this service',
    );
  });

  it.each([
    'passwordpassword',
    'password1234567',
    'Password123!Password123!',
    '123456789012345',
    '111111111111111',
    'qwertyuiopasdfg',
    'qwerty123456789',
    'iloveyouiloveyou',
    'abcdefghijklmnop',
    ' '.repeat(15),
    '\0'.repeat(15),
    'p@ssw0rd'.repeat(16),
    'qwertyuiopasdfghjklzxcvbnm',
    'mnbvcxzlkjhgfdsapoiuytrewq',
    'azertyuiopqsdfghjklmwxcvbn',
    'qwertzuiop-asdfghjkl-yxcvbnm',
    '!QAZ2wsx#EDC4rfv%TGB',
  ])('refuses what is common: %j', (password) => {
    expect(sentences(password)).toEqual(['password is too common, or too easily guessed']);
  });

  it.each(['opensesame-please', 'OpenSesame-Admin-Please', 'opensesame please 1!'])(
    'refuses %j in production, since everybody can read it',
    (password) => {
      const production = new PasswordRules(loadConfig(IdentityConfig, PRODUCTION));
      expect(() => production.check(password, 'ada@example.com')).toThrow(PasswordRefused);
      expect(() => production.check('correct horse battery', 'ada@example.com')).not.toThrow();
    },
  );

  it('tells everything at once', () => {
    expect(sentences('lovelace')).toHaveLength(3);
  });
});
