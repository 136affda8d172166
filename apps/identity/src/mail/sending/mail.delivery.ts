import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Schedule } from '../../scheduling/schedule.js';
import { SealBroken } from '../../secrets/secret.box.js';
import type { Mail } from '../mail.entity.js';
import { DueMails } from './due.mails.js';
import { MailFailure } from './mail.failure.js';
import { MailMessages } from './mail.messages.js';
import { MailOutcomes } from './mail.outcomes.js';
import { SmtpServer } from './smtp.server.js';

/** How often is looked for what is due, in milliseconds; what a replica has just written it sends at once. */
const LOOK_EVERY = 5_000;
/**
 * Time for the transaction to be committed and for the request to be answered, in milliseconds: that a mail goes out
 * must not slow down the answer of those who get one.
 */
const PATIENCE = 300;
/** How many mails one replica sends at the same time. */
const AT_ONCE = 4;

/** Sends the mails of the outbox. No request waits for it. */
@Injectable()
export class MailDelivery implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger('Mail');
  private readonly outsideOfRequests = AsyncLocalStorage.snapshot();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private isOpen = false;
  private awayUntil = 0;

  constructor(
    private readonly server: SmtpServer,
    private readonly mails: DueMails,
    private readonly messages: MailMessages,
    private readonly outcomes: MailOutcomes,
    private readonly schedule: Schedule,
  ) {}

  onModuleInit(): void {
    if (!this.server.isKnown) return;
    this.isOpen = true;
    const step = async () => {
      await this.deliver();
      return false;
    };
    this.schedule.add({ name: 'mail-delivery', every: LOOK_EVERY, step });
  }

  beforeApplicationShutdown(): void {
    this.isOpen = false;
    clearTimeout(this.timer);
  }

  /** Waits for the mails on their way. */
  async onApplicationShutdown(): Promise<void> {
    await this.running;
  }

  /** A mail was written by a transaction that is not committed yet, and may never be. */
  expect(): void {
    if (!this.isOpen) return;
    // What is done then is no part of the request that wrote it.
    this.timer ??= this.outsideOfRequests(() => setTimeout(() => void this.deliver(), PATIENCE).unref());
  }

  /** Sends what is due, if a server takes it. */
  async deliver(): Promise<void> {
    this.timer = undefined;
    this.again = true;
    this.running ??= this.sendAll().finally(() => (this.running = undefined));
    await this.running;
  }

  private async sendAll(): Promise<void> {
    try {
      while (this.again && this.mayGoOn()) {
        this.again = false;
        const { mails, hasMore } = await this.mails.claim(AT_ONCE);
        const tries = await Promise.allSettled(mails.map((mail) => this.send(mail)));
        for (const { status, reason } of tries as PromiseRejectedResult[])
          if (status === 'rejected') throw reason;
        this.again ||= hasMore;
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'Mails could not be looked up; it is tried again');
    }
  }

  private mayGoOn(): boolean {
    return this.isOpen && Date.now() >= this.awayUntil;
  }

  private async send(mail: Mail): Promise<void> {
    const failure = await this.attempt(mail);
    if (!failure) return this.outcomes.sent(mail);
    // Others would wait for nothing: the next look finds out whether it is back.
    if (failure.kind === 'away') this.awayUntil = Date.now() + LOOK_EVERY;
    return this.outcomes.failed(mail, failure);
  }

  private async attempt(mail: Mail): Promise<MailFailure | undefined> {
    try {
      await this.server.send(this.messages.of(mail));
      return undefined;
    } catch (error) {
      if (error instanceof MailFailure) return error;
      // Its link was encrypted under another key: nobody will ever read it.
      if (error instanceof SealBroken) return new MailFailure('refused', 'unreadable', { cause: error });
      throw error;
    }
  }
}
