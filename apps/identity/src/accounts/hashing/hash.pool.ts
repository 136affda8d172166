import { availableParallelism } from 'node:os';
import { Unavailable } from '@gatehouse/contracts';
import { Metrics } from '@gatehouse/service-kit';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';
import { Counter, Histogram } from 'prom-client';
import type { HashJob } from './hash.worker.js';

/** How many jobs may wait: with 5–10 ms a hash, about a second in the queue of a machine with two cores. */
const MAX_WAITING = 128;

/**
 * One core stays with requests and the database: hashing is bound by memory, so on two cores a second thread signs in
 * hardly more people, and slows down everybody else. More than four gain nothing: each takes 19 MiB.
 */
const THREADS = Math.min(Math.max(availableParallelism() - 1, 1), 4);

// The worker lies beside this file, and ends as this file does: `.ts` in a test, `.js` when built.
const WORKER = new URL(`./hash.worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** More passwords are waiting to be hashed than can be done in good time. */
export class HashingOverloaded extends Unavailable {
  constructor() {
    super('Too many sign-ins are being checked right now. Try again shortly.');
  }
}

/**
 * Runs the hashes in low-priority threads of its own, behind a bounded queue. In the process's shared thread pool a
 * flood of logins would make every signature, file and name look-up wait for seconds.
 */
@Injectable()
export class HashPool implements OnApplicationShutdown {
  private readonly threads = new Piscina<HashJob, string | boolean>({
    filename: WORKER.href,
    minThreads: 1,
    maxThreads: THREADS,
    maxQueue: MAX_WAITING,
    // One that it does, and the next one: it need not wait for this thread, which may be busy, to be given that.
    concurrentTasksPerWorker: 2,
    idleTimeout: 60_000,
    // On Linux a thread has a priority of its own; elsewhere this would slow the whole process down. A tenth of the
    // others' share: in a flood of sign-ins, with more other routes lose, with less people wait who sign in.
    niceIncrement: process.platform === 'linux' ? 10 : 0,
    recordTiming: false,
  });

  private readonly seconds: Histogram;
  private readonly shed: Counter;

  constructor(metrics: Metrics) {
    const registers = [metrics.registry];
    this.seconds = new Histogram({
      name: 'identity_hash_seconds',
      help: 'How long the hashing of a password took, the wait for a thread included.',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    });
    this.shed = new Counter({
      name: 'identity_hashes_shed_total',
      help: 'Passwords that were not hashed, since too many others waited.',
      registers,
    });
    metrics.gauge('identity_hashes_waiting', 'Passwords that wait for a thread.', () => this.waiting);
  }

  /** How many jobs wait for a thread. */
  get waiting(): number {
    return this.threads.queueSize;
  }

  /** @throws HashingOverloaded when the queue is full */
  refuseIfFull(): void {
    if (this.waiting < MAX_WAITING) return;
    this.shed.inc();
    throw new HashingOverloaded();
  }

  /** @throws HashingOverloaded when the queue is full */
  async run(job: HashJob): Promise<string | boolean> {
    this.refuseIfFull();
    const done = this.seconds.startTimer();
    return this.threads.run(job).finally(done);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.threads.destroy();
  }
}
