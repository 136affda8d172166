import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type TestDatabase, testDatabases } from '@gatehouse/service-kit/testing';
import { ROOT } from '@gatehouse/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fencedBlocks } from './fenced.blocks.js';

const run = promisify(execFile);

describe('the page of the command line', () => {
  const { sh = [], text = [] } = fencedBlocks('command-line.md');
  let folder: string;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
    await symlink(join(ROOT, 'apps'), join(folder, 'apps'));
    database = await testDatabases()[0]!.create();
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it(
    'has commands that all work as they are written, one after the other',
    { timeout: 300_000 },
    async () => {
      const env = { ...process.env, DATABASE_URL: database.url, LOG_LEVEL: 'warn' };
      const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', sh.join('\n')], { env, cwd: folder });
      for (const said of ['Usage: identity', 'boss@example.com is an admin now', '/password_resets?token='])
        expect(stdout).toContain(said);
      expect(stdout).toContain(text.join(''));
      expect(stdout).toMatch(/"external_id":"1","email":"ada@example.com"/);
      expect(stdout).toMatch(/\{"rotated":true\}\n$/);
      const accounts = await readFile(join(folder, 'accounts.csv'), 'utf8');
      expect(accounts).toContain('grace@example.com');
      expect(stdout + accounts).not.toContain('$2a$');
    },
  );
});
