import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestDatabase, testDatabases } from '@gatehouse/service-kit/testing';
import { findApps } from '@gatehouse/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const RECORDS = 3_000;
const BATCH = 500;
const DIGEST = '$2a$11$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';

describe.each(testDatabases())('an import that is killed half-way, on $name', ({ create }) => {
  let folder: string;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
    database = await create();
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const start = (...args: string[]) => {
    const { main } = findApps().find(({ name }) => name === 'identity')!;
    const env = { ...process.env, DATABASE_URL: database.url, LOG_LEVEL: 'warn', NODE_ENV: 'test' };
    const child = spawn(process.execPath, [main, ...args], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const output = text(child.stdout);
    return { child, output, ended: once(child, 'exit') };
  };
  const exported = async () =>
    (await start('users', 'export', '--format', 'ndjson').output).split('\n').slice(0, -1);

  it(
    'has imported whole batches, and is finished by the same command once more',
    { timeout: 120_000 },
    async () => {
      const lines = Array.from(
        { length: RECORDS },
        (_, i) => `${i},user${i}@example.com,${DIGEST},2020-01-01 00:00:00`,
      );
      const file = `id,email,encrypted_password,confirmed_at\n${lines.join('\n')}\n`;
      const path = join(folder, 'users.csv');
      await writeFile(path, file);
      for (const share of [0.4, 0.7, 0.9]) {
        const { child, ended } = start('users', 'import', '-', '--format', 'csv');
        // A pipe holds little: when this much is written, most of it has been read and is being imported.
        child.stdin.write(file.slice(0, file.length * share), () => child.kill('SIGKILL'));
        expect((await ended)[1]).toBe('SIGKILL');
      }
      const half = await exported();
      expect([half.length > 0, half.length < RECORDS, half.length % BATCH]).toEqual([true, true, 0]);
      expect(half.filter((line) => line.includes('"external_id":null'))).toEqual([]);

      const words = await start('users', 'import', path, '--json').output;
      const [known, imported] = [half.length, RECORDS - half.length];
      expect(JSON.parse(words)).toMatchObject({ records: RECORDS, known, imported, rejected: 0 });
      const whole = new Set(await exported());
      expect([whole.size, half.filter((line) => !whole.has(line))]).toEqual([RECORDS, []]);
    },
  );
});
