import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InMemoryRevocations } from './in-memory.revocations.js';
import { SnapshotFile } from './snapshot.file.js';

const REVOCATION = { kind: 'session', expires_at: 4e9 } as const;

describe('revocations on disk', () => {
  let folder: string;
  let path: string;
  const file = (options: { secret?: string; issuer?: string } = {}): SnapshotFile =>
    new SnapshotFile({ path, secret: 's3cret', issuer: 'https://id.example.com', ...options });
  const save = async (entries: number): Promise<void> => {
    const revocations = new InMemoryRevocations();
    for (let i = 0; i < entries; i += 1) revocations.add({ ...REVOCATION, id: `ses_${i}` });
    await file().save({ position: 7, heardAt: 1_000, ...revocations.contents() });
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
    path = join(folder, 'revocations');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each([0, 1, 50_000])('come back as they were saved, all %i of them', async (entries) => {
    await save(entries);
    const saved = (await file().load())!;
    expect(saved).toMatchObject({ position: 7, heardAt: 1_000 });
    const revocations = new InMemoryRevocations();
    revocations.restore(saved);
    expect(revocations.size).toBe(entries);
    const known = (i: number): boolean => revocations.has('session', `ses_${i}`);
    expect(Array.from({ length: entries + 1 }, (_, i) => i).filter((i) => !known(i))).toEqual([entries]);
  });

  it('take as much room as they need, and are nobody else’s to read', async () => {
    await save(1_000);
    const { size, mode } = await stat(path);
    expect(size).toBeLessThan(1_000 * 20 + 200);
    expect(mode & 0o777).toBe(0o600);
  });

  it('replace what was saved before, and leave nothing else behind', async () => {
    await save(10);
    await save(20);
    expect((await file().load())!.words[0]!.length).toBe(20 * 5);
    expect(await readdir(folder)).toEqual(['revocations']);
  });

  it('are not there where nothing was saved', async () => {
    expect(await file().load()).toBeUndefined();
  });

  it('are refused when any byte was changed', async () => {
    await save(3);
    const bytes = await readFile(path);
    let refused = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      await writeFile(path, changed);
      if (!(await file().load())) refused += 1;
    }
    expect(refused).toBe(bytes.length);
  });

  it('are refused when they were cut short', async () => {
    await save(3);
    for (const length of [0, 10, 31, 32, 100]) {
      await truncate(path, length);
      expect(await file().load()).toBeUndefined();
      await save(3);
    }
  });

  it('are refused when another service saved them, or for another issuer', async () => {
    await save(3);
    expect(await file({ secret: 'another' }).load()).toBeUndefined();
    expect(await file({ issuer: 'https://other.example.com' }).load()).toBeUndefined();
  });
});
