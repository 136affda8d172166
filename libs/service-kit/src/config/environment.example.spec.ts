import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './configuration.loader.js';
import { environmentExample } from './environment.example.js';
import { GuardedServiceConfig } from './guarded-service.config.js';

describe('the example of an environment', () => {
  const text = environmentExample(GuardedServiceConfig);

  it('describes every setting, with its default', () => {
    expect(text).toContain('# Port to listen on; 0 takes a free one.\nPORT=3000\n');
    expect(text).toContain(
      '# Where this service reaches identity, if not at ISSUER. As ISSUER where not set.\n# IDENTITY_URL=\n',
    );
    expect(text).toContain('Required in production.');
    expect(text).toContain('CLIENT_SECRET_FILE');
  });

  it('makes the same configuration as no environment at all', () => {
    expect(loadConfig(GuardedServiceConfig, parseEnv(text) as Record<string, string>)).toEqual(
      loadConfig(GuardedServiceConfig, {}),
    );
  });
});
