import { Metrics } from '@gatehouse/service-kit';
import { hashSync } from '@node-rs/bcrypt';
import { loadConfig } from '@gatehouse/service-kit';
import { afterAll, describe, expect, it } from 'vitest';
import { IdentityConfig } from '../../identity.config.js';
import { HashPool } from './hash.pool.js';
import { PasswordHasher } from './password.hasher.js';

const pool = new HashPool(new Metrics());
const hasher = new PasswordHasher(pool, loadConfig(IdentityConfig, { DEVISE_PEPPER: 'a-pepper' }));
afterAll(() => pool.onApplicationShutdown());

describe('PasswordHasher', () => {
  it('makes an argon2id digest at OWASP’s floor that only the password matches', async () => {
    const digest = await hasher.hash('correct horse battery');

    expect(digest).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify('correct horse battery', digest)).toBe(true);
    expect(await hasher.verify('correct horse batterx', digest)).toBe(false);
    expect(hasher.isOutdated(digest)).toBe(false);
  });

  it('salts: the same password twice gives two digests', async () => {
    expect(await hasher.hash('same')).not.toBe(await hasher.hash('same'));
  });

  it('takes one password for another spelling of the same characters', async () => {
    const composed = await hasher.hash('caf\u00e9 au lait');

    expect(await hasher.verify('cafe\u0301 au lait', composed)).toBe(true);
  });

  it.each(['$2a$', '$2b$', '$2y$'])(
    'understands an imported %s digest with Devise’s pepper',
    async (prefix) => {
      const digest = hashSync('opensesamea-pepper', 4).replace(/^\$2.\$/, prefix);

      expect(await hasher.verify('opensesame', digest)).toBe(true);
      expect(await hasher.verify('opensesamea-pepper', digest)).toBe(false);
      expect(hasher.isOutdated(digest)).toBe(true);
    },
  );

  it('does not let a NUL cut a password short before bcrypt', async () => {
    const digest = hashSync('open', 4);

    expect(await hasher.verify('open\0sesame', digest)).toBe(false);
  });

  it('answers false without a digest, and for one it cannot read', async () => {
    expect(await hasher.verify('anything', undefined)).toBe(false);
    expect(await hasher.verify('anything', null)).toBe(false);
    expect(await hasher.verify('anything', 'no digest at all')).toBe(false);
  });

  it('calls a digest of another cost outdated', () => {
    expect(hasher.isOutdated('$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$aGFzaGhhc2g')).toBe(true);
  });
});
