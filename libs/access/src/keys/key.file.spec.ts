import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyFile, type KeyFileOptions } from './key.file.js';

const SET = { keys: [{ kid: 'a', kty: 'EC' }] };

describe('keys on disk', () => {
  let folder: string;
  let path: string;
  const file = (options: Partial<KeyFileOptions> = {}): KeyFile =>
    new KeyFile({ path, secret: 's3cret', issuer: 'https://id.example.com', ...options });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
    path = join(folder, 'state', 'feed.keys');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('come back as they were saved last', async () => {
    const saving = file();
    void saving.save({ keys: [] });
    void saving.save(SET);
    await saving.onModuleDestroy();
    expect(await file().load()).toEqual(SET);
    expect(await readdir(join(folder, 'state'))).toEqual(['feed.keys']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('are none where nothing was saved, or nothing whole', async () => {
    expect(await file().load()).toBeUndefined();
    await file().save(SET);
    const text = await readFile(path, 'utf8');
    for (let length = 0; length < text.length; length += 1) {
      await writeFile(path, text.slice(0, length));
      expect(await file().load()).toBeUndefined();
    }
  });

  it('are none when any of it was changed', async () => {
    await file().save(SET);
    const bytes = await readFile(path);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 4;
      await writeFile(path, changed);
      expect(await file().load()).toBeUndefined();
    }
  });

  it('are none for another service, or another issuer', async () => {
    await file().save(SET);
    expect(await file({ secret: 'another' }).load()).toBeUndefined();
    expect(await file({ issuer: 'https://other.example.com' }).load()).toBeUndefined();
  });

  it('that cannot be saved are told in the log, and harm nothing', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    await file().save(SET);
    await file({ path: join(path, 'beneath-a-file') }).save(SET);
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });
});
