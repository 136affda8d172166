import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Turns } from './turns.js';

/** What is done again and again, by one replica at a time. */
export interface ScheduledWork {
  /** A stable word. */
  readonly name: string;
  /** Milliseconds from one time to the next; it may be half of that, or with one replica exactly that. */
  readonly every: number;
  /** Does a part of it, which takes seconds at most. Says whether there is more to do at once. */
  step(): Promise<boolean>;
}

/** Everything that is done by the clock and not for a request. Whoever has such work adds it in `onModuleInit`. */
@Injectable()
export class Schedule implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(Schedule.name);
  private readonly works: ScheduledWork[] = [];
  private readonly running = new Map<string, Promise<void>>();
  private timers: NodeJS.Timeout[] = [];
  private stopping = false;

  constructor(private readonly turns: Turns) {}

  add(work: ScheduledWork): void {
    this.works.push(work);
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const { name } of this.works) await this.turns.announce(name);
    this.timers = this.works.map((work) => setInterval(() => void this.runNow(work), work.every).unref());
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
    for (const timer of this.timers) clearInterval(timer);
  }

  /** Waits for what has begun: the database is closed after this. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.running.values());
  }

  /** Does the work without waiting for its time, unless a replica is at it or has just been. */
  async runNow(work: ScheduledWork): Promise<void> {
    if (this.stopping || this.running.has(work.name)) return;
    const turn = this.takeTurn(work).finally(() => this.running.delete(work.name));
    this.running.set(work.name, turn);
    await turn;
  }

  private async takeTurn(work: ScheduledWork): Promise<void> {
    try {
      if (!(await this.turns.take(work.name))) return;
      const isDone = await this.doAll(work);
      await this.turns.leave(work.name, isDone ? work.every / 2 : 0);
    } catch (error) {
      this.logger.warn({ err: error }, `${work.name} could not be done; it is tried again`);
    }
  }

  /** @returns whether it was done to its end */
  private async doAll(work: ScheduledWork): Promise<boolean> {
    for (;;) {
      const begun = performance.now();
      if (!(await work.step())) return true;
      // As long as it worked it rests, so that requests find the database free.
      await sleep(performance.now() - begun);
      if (this.stopping || !(await this.turns.keep(work.name))) return false;
    }
  }
}
