import { loadConfig } from '@gatehouse/service-kit';
import { describe, expect, it } from 'vitest';
import { IdentityConfig } from '../identity.config.js';
import { LimitKeys } from './limit.keys.js';

const keys = new LimitKeys(loadConfig(IdentityConfig, {}));

describe('what attempts are counted by', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1::2:3:4:5', '2001:db8:1:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('takes %s for %s', (address, network) => {
    expect(keys.ofNetwork(address)).toBe(network);
  });

  it('does not yield an email address, nor the same key under another secret', () => {
    const key = keys.ofAccount('Reader@example.com ');
    expect(key).toBe(keys.ofAccount('reader@example.com'));
    expect(key).toMatch(/^[\w-]{43}$/);
    const other = new LimitKeys(loadConfig(IdentityConfig, { TOKEN_SECRET: 'another' }));
    expect(other.ofAccount('reader@example.com')).not.toBe(key);
  });
});
