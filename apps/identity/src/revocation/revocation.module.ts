import { Module } from '@nestjs/common';
import { CommitWatch } from './commit.watch.js';
import { FeedStreams } from './feed.streams.js';
import { LocalRevocations } from './local.revocations.js';
import { RevocationController } from './revocation.controller.js';
import { RevocationFeed } from './revocation.feed.js';
import { RevocationLog } from './revocation.log.js';
import { RevocationSnapshots } from './revocation.snapshots.js';
import { RevocationsRepository } from './revocations.repository.js';

/** What ended before its time, and how every guard comes to know it. */
@Module({
  controllers: [RevocationController],
  providers: [
    RevocationsRepository,
    CommitWatch,
    RevocationFeed,
    LocalRevocations,
    RevocationLog,
    FeedStreams,
    RevocationSnapshots,
  ],
  exports: [RevocationLog, RevocationFeed, LocalRevocations],
})
export class RevocationModule {}
