import { loadConfig } from '@gatehouse/service-kit';
import { describe, expect, it } from 'vitest';
import { IdentityConfig } from './identity.config.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://id.example.com',
  KEY_ENCRYPTION_KEY: 'p8Yb1Qm0zKq4Jr7XvT2sWc5NdLfGhEaU',
  TOKEN_SECRET: 'Zx3Vb6Nm9QwErTyUiOpAsDfGhJkLzXc1',
};

describe('IdentityConfig', () => {
  it('needs nothing outside production', () => {
    const config = loadConfig(IdentityConfig, {});
    expect(config).toMatchObject({
      issuer: 'http://localhost:3000',
      audience: 'gatehouse',
      withDemoData: true,
    });
    expect(config).toMatchObject({ accessTokenTtl: 900, userTokenTtl: 86_400, refreshGrace: 10 });
  });

  it.each(['PUBLIC_URL', 'KEY_ENCRYPTION_KEY', 'TOKEN_SECRET'])('needs %s in production', (name) => {
    expect(() => loadConfig(IdentityConfig, { ...PRODUCTION, [name]: undefined })).toThrow(name);
  });

  it.each([
    ['KEY_ENCRYPTION_KEY', 'key-encryption-key-for-development'],
    ['TOKEN_SECRET', 'token-secret-for-development'],
    ['TOKEN_SECRET', 'tiny-value'],
  ])('refuses a weak or known %s in production, and does not repeat it', (name, value) => {
    const load = () => loadConfig(IdentityConfig, { ...PRODUCTION, [name]: value });
    expect(load).toThrow(name);
    expect(load).not.toThrow(value);
  });

  it('opens the browser’s door alone in production, and all of them elsewhere', () => {
    expect(loadConfig(IdentityConfig, PRODUCTION).legacyDoors).toEqual(['browser']);
    expect(loadConfig(IdentityConfig, {}).legacyDoors).toHaveLength(4);
    for (const none of ['none', '', ' '])
      expect(loadConfig(IdentityConfig, { LEGACY_DOORS: none }).legacyDoors).toEqual([]);
    expect(() => loadConfig(IdentityConfig, { LEGACY_DOORS: 'knock,window' })).toThrow('LEGACY_DOORS');
  });

  it.each([
    [{}, true],
    [{ HOST: '0.0.0.0' }, false],
    [{ HOST: '0.0.0.0', DEMO_DATA: 'on' }, true],
    [{ DEMO_DATA: 'off' }, false],
    [{ ...PRODUCTION, HOST: '127.0.0.1', DEMO_DATA: 'on' }, false],
  ])('with %j has demo data: %s', (environment, expected) => {
    expect(loadConfig(IdentityConfig, environment).withDemoData).toBe(expected);
  });
});
