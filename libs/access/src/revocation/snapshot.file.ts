import { createHmac, hkdfSync, timingSafeEqual, type Hmac } from 'node:crypto';
import { open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { EXPIRY, WORDS } from './fingerprint.block.js';
import type { RevocationsContents } from './in-memory.revocations.js';

/** What a guard knew, and how far it had come. */
export interface SavedRevocations extends RevocationsContents {
  /** The feed's position. */
  readonly position: number;
  /** When the feed was last heard of, in milliseconds since the epoch. */
  readonly heardAt: number;
}

const MAGIC = 'gatehouse revocations 1';
const DIGEST_BYTES = 32;

/**
 * Keeps a guard's revocations on disk, so that a restart while identity is away needs nobody. Authenticated with a
 * key made from the service's own secret: what was cut short, or changed by somebody else, is not read.
 */
export class SnapshotFile {
  private readonly key: Buffer;

  /** @param options `secret`: of the service's client; `issuer`: whose revocations these are */
  constructor(private readonly options: { path: string; secret: string; issuer: string }) {
    this.key = Buffer.from(hkdfSync('sha256', options.secret, '', `${MAGIC} ${options.issuer}`, 32));
  }

  /** Replaces the file, all of it or nothing. Only one at a time. */
  async save({ words, ...rest }: SavedRevocations): Promise<void> {
    const { path } = this.options;
    const draft = `${path}.new`;
    const file = await open(draft, 'w', 0o600);
    try {
      const digest = createHmac('sha256', this.key);
      await write(file, digest, Buffer.from(`${MAGIC}\n${JSON.stringify(rest)}\n`));
      for (const block of words) await write(file, digest, takenIn(block));
      await file.write(digest.digest());
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  }

  /** What was saved; undefined when there is nothing, or nothing that can be trusted. */
  async load(): Promise<SavedRevocations | undefined> {
    const bytes = await readFile(this.options.path).catch(() => undefined);
    if (!bytes || bytes.length < DIGEST_BYTES) return undefined;
    const body = bytes.subarray(0, -DIGEST_BYTES);
    const digest = createHmac('sha256', this.key).update(body).digest();
    if (!timingSafeEqual(digest, bytes.subarray(-DIGEST_BYTES))) return undefined;
    const start = body.indexOf('\n', MAGIC.length + 1) + 1;
    const rest = JSON.parse(body.toString('utf8', MAGIC.length + 1, start)) as Omit<
      SavedRevocations,
      'words'
    >;
    const words = body.buffer.slice(body.byteOffset + start, body.byteOffset + body.length);
    return { ...rest, words: [new Uint32Array(words)] };
  }
}

async function write(file: FileHandle, digest: Hmac, bytes: Buffer): Promise<void> {
  digest.update(bytes);
  await file.write(bytes);
}

/** The slots that are not empty, one after another, as bytes. */
function takenIn(slots: Uint32Array): Buffer {
  const taken = new Uint32Array(slots.length);
  let length = 0;
  for (let from = 0; from < slots.length; from += WORDS) {
    if (slots[from + EXPIRY] === 0) continue;
    for (let word = 0; word < WORDS; word += 1) taken[length++] = slots[from + word]!;
  }
  return Buffer.from(taken.buffer, 0, length * 4);
}
