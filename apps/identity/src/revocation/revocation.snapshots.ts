import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RevocationSnapshotDto } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { RevocationFeed } from './revocation.feed.js';
import { compact } from './revocation.frames.js';
import { RevocationsRepository } from './revocations.repository.js';

const PAGE = 2_000;
const compress = promisify(gzip);

/** All live revocations, page by page, for those who begin. */
@Injectable()
export class RevocationSnapshots {
  constructor(
    private readonly feed: RevocationFeed,
    private readonly repository: RevocationsRepository,
  ) {}

  /**
   * A page, as JSON. What is committed meanwhile comes after its position, on a later page or in the feed.
   * Who asks for what comes after the end is told where that is.
   *
   * @throws Unavailable while nobody can tell what was committed
   */
  async page(after: number): Promise<Buffer> {
    await this.feed.catchUp();
    const target = this.feed.position;
    const { revocations, position } = await this.repository.batch(after, target, PAGE);
    const page: RevocationSnapshotDto = {
      position,
      more: position < target,
      revocations: revocations.map(compact),
    };
    return Buffer.from(JSON.stringify(page));
  }

  /** As {@link page}, compressed: off the main thread, and quickly rather than well, for ids are random. */
  async gzippedPage(after: number): Promise<Buffer> {
    return compress(await this.page(after), { level: 1 });
  }
}
