import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Logger, type OnModuleDestroy } from '@nestjs/common';

const PURPOSE = 'gatehouse keys 1';

/** Where a {@link KeyFile} is, whose secret authenticates it, and whose keys these are. */
export interface KeyFileOptions {
  path: string;
  secret: string;
  issuer: string;
}

/**
 * Keeps the issuer's JWK set on disk, so that a restart while identity is away needs nobody. Authenticated with a key
 * made from the service's own secret: keys that somebody else has put there would let in whoever holds the others.
 */
export class KeyFile implements OnModuleDestroy {
  private readonly logger = new Logger('Keys');
  private readonly key: Buffer;
  private saving = Promise.resolve();

  constructor(private readonly options: KeyFileOptions) {
    this.key = Buffer.from(hkdfSync('sha256', options.secret, '', `${PURPOSE} ${options.issuer}`, 32));
  }

  /** The set that was saved; undefined when there is none, or none that can be trusted. */
  async load(): Promise<unknown> {
    const text = await readFile(this.options.path, 'utf8').catch(() => '');
    const end = text.indexOf('\n');
    const [digest, set] = [Buffer.from(text.slice(0, Math.max(end, 0)), 'base64url'), text.slice(end + 1)];
    const expected = this.digestOf(set);
    if (digest.length !== expected.length || !timingSafeEqual(digest, expected)) return undefined;
    return JSON.parse(set);
  }

  /** Replaces the file, all of it or nothing. Does not reject: what could not be saved is told in the log. */
  save(set: unknown): Promise<void> {
    this.saving = this.saving
      .then(() => this.replace(JSON.stringify(set)))
      .catch((error: unknown) => this.logger.warn({ err: error }, 'The keys could not be saved'));
    return this.saving;
  }

  /** What is being saved is not lost. */
  onModuleDestroy(): Promise<void> {
    return this.saving;
  }

  private async replace(set: string): Promise<void> {
    const { path } = this.options;
    const draft = `${path}.new`;
    await mkdir(dirname(path), { recursive: true });
    const digest = this.digestOf(set).toString('base64url');
    await writeFile(draft, `${digest}\n${set}`, { mode: 0o600, flush: true });
    await rename(draft, path);
  }

  private digestOf(set: string): Buffer {
    return createHmac('sha256', this.key).update(set).digest();
  }
}
