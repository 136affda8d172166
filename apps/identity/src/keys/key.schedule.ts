import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { KeyRing } from './key.ring.js';
import { KeyRotation } from './key.rotation.js';

const LOOK_EVERY = 2_000;
const ROTATE_EVERY = 60_000;

/** Makes the first keys, follows what other replicas do to them, and rotates them when it is time. */
@Injectable()
export class KeySchedule implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(KeySchedule.name);
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly ring: KeyRing,
    private readonly rotation: KeyRotation,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.rotation.ensureKeys();
    await this.rotation.rotateIfDue();
    this.timers = [
      setInterval(() => void this.ring.readIfStale(Date.now()), LOOK_EVERY).unref(),
      setInterval(() => void this.rotate(), ROTATE_EVERY).unref(),
    ];
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private async rotate(): Promise<void> {
    try {
      if (await this.rotation.rotateIfDue()) this.logger.log('The signing key was rotated');
    } catch (error) {
      this.logger.warn({ err: error }, 'The signing key could not be rotated; it will be tried again');
    }
  }
}
