import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from './configuration.loader.js';
import { currentSetting } from './current.setting.js';
import { GuardedServiceConfig } from './guarded-service.config.js';

describe('currentSetting', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('takes up a secret whose file was replaced, and keeps the one from the start while there is none', async () => {
    const file = join(folder, 'secret');
    await writeFile(file, 'first\n');
    const config = loadConfig(GuardedServiceConfig, { CLIENT_SECRET_FILE: file });
    await writeFile(file, 'second\n');
    expect([config.clientSecret, currentSetting(config, 'clientSecret')]).toEqual(['first', 'second']);
    await rm(file);
    expect(currentSetting(config, 'clientSecret')).toBe('first');
  });

  it('is what it was for everything else', () => {
    expect(currentSetting(loadConfig(GuardedServiceConfig, { CLIENT_SECRET: 'own' }), 'clientSecret')).toBe(
      'own',
    );
    expect(currentSetting(loadConfig(GuardedServiceConfig, {}), 'clientId')).toBe('consumer');
  });
});
