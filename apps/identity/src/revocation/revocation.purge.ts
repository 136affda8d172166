import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RevocationsRepository } from './revocations.repository.js';

const PURGE_EVERY = 60_000;

/** Deletes, a few at a time, what no token can concern any more. Several replicas may do so at once. */
@Injectable()
export class RevocationPurge implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RevocationPurge.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly repository: RevocationsRepository) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.purge(), PURGE_EVERY).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async purge(): Promise<void> {
    try {
      while (await this.repository.purge());
    } catch (error) {
      this.logger.warn({ err: error }, 'Expired revocations could not be deleted; it is tried again');
    }
  }
}
