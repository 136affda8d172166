import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadEnvironmentFile } from './environment.file.js';

describe('the .env of an app', () => {
  let app: string;
  let main: string;

  beforeEach(async () => {
    app = await mkdtemp(join(tmpdir(), 'gatehouse-'));
    main = join(app, 'dist', 'main.js');
    await mkdir(join(app, 'dist'));
    await writeFile(main, '');
    await writeFile(join(app, 'package.json'), '{}');
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(app, { recursive: true });
  });

  it('is loaded from beside its package.json; what is set already wins', async () => {
    vi.stubEnv('GATEHOUSE_SPEC_NEW', undefined);
    vi.stubEnv('GATEHOUSE_SPEC_SET', 'by the environment');
    await writeFile(join(app, '.env'), 'GATEHOUSE_SPEC_NEW=by the file\nGATEHOUSE_SPEC_SET=by the file\n');
    loadEnvironmentFile(main);
    expect(process.env).toMatchObject({
      GATEHOUSE_SPEC_NEW: 'by the file',
      GATEHOUSE_SPEC_SET: 'by the environment',
    });
  });

  it('need not be there', () => {
    expect(() => loadEnvironmentFile(main)).not.toThrow();
    expect(() => loadEnvironmentFile('')).not.toThrow();
  });
});
