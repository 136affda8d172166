import { describe, expect, it } from 'vitest';
import { loadConfig } from './configuration.loader.js';
import { environmentExample } from './environment.example.js';
import { RedisUrl } from './redis-url.decorator.js';
import { ServiceConfig } from './service.config.js';

class ShopConfig extends ServiceConfig {
  @RedisUrl()
  redisUrl?: string;
}

describe('REDIS_URL', () => {
  it.each(['redis://localhost:6379', 'rediss://user:password@cache.example/2', 'redis://[::1]:6379'])(
    'may be %s',
    (url) => expect(loadConfig(ShopConfig, { REDIS_URL: url }).redisUrl).toBe(url),
  );

  it('may be left out', () => expect(loadConfig(ShopConfig, {}).redisUrl).toBeUndefined());

  it.each(['localhost:6379', 'http://localhost', 'redis://'])('cannot be %s', (url) =>
    expect(() => loadConfig(ShopConfig, { REDIS_URL: url })).toThrow('such as redis://localhost:6379'),
  );

  it('is described', () => expect(environmentExample(ShopConfig)).toContain('\n# REDIS_URL='));
});
