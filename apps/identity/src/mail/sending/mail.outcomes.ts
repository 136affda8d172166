import { Database, Metrics } from '@gatehouse/service-kit';
import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { AuditTrail } from '../../audit/audit.trail.js';
import type { Mail } from '../mail.entity.js';
import { DueMails } from './due.mails.js';
import type { MailFailure } from './mail.failure.js';
import { persistently } from './persistently.js';
import { retryDelay } from './retry.delay.js';

/** For how long it is tried, in milliseconds: as long as any link works. */
const TRIED_FOR = 24 * 3_600_000;

/** What has become of mails: kept, counted, and told. Neither address nor link is in what is told. */
@Injectable()
export class MailOutcomes {
  private readonly logger = new Logger('Mail');
  private readonly attempts: Counter<'outcome'>;
  private waiting = 0;

  constructor(
    private readonly database: Database,
    private readonly mails: DueMails,
    private readonly audit: AuditTrail,
    metrics: Metrics,
  ) {
    this.attempts = new Counter({
      name: 'identity_mails_total',
      help: 'Attempts to send a mail, by what came of them: sent, failed (and tried again) or dead (given up).',
      labelNames: ['outcome'],
      registers: [metrics.registry],
    });
    metrics.gauge('identity_mails_waiting', 'Mails that wait to be sent, as of a moment ago.', () =>
      this.lastCount(),
    );
  }

  async sent(mail: Mail): Promise<void> {
    // What was sent and not noted would be sent again.
    await persistently(() => this.database.transaction((manager) => this.mails.settle(manager, mail)));
    this.attempts.inc({ outcome: 'sent' });
  }

  /** It is tried again later, or given up: at once where the server will never take it. */
  async failed(mail: Mail, failure: MailFailure): Promise<void> {
    const { kind } = failure;
    const isOver = Date.now() - mail.createdAt.getTime() > TRIED_FOR;
    if (kind === 'refused' || isOver) return this.giveUp(mail, failure);
    const delay = retryDelay(kind, mail.attempts);
    await this.database.transaction((manager) => this.mails.postpone(manager, mail, delay));
    this.attempts.inc({ outcome: 'failed' });
    this.tell(mail, failure, `A mail was not sent; it is tried again in ${Math.ceil(delay / 1_000)} s`);
  }

  private async giveUp(mail: Mail, failure: MailFailure): Promise<void> {
    const { id, template, attempts, userId } = mail;
    const details = { mail_id: id, template, answer: failure.answer, attempts };
    await this.database.transaction(async (manager) => {
      await this.mails.bury(manager, mail);
      await this.audit.record(manager, {
        type: 'mail.failure',
        outcome: 'failure',
        subjectId: userId,
        details,
      });
    });
    this.attempts.inc({ outcome: 'dead' });
    this.tell(mail, failure, 'A mail was given up');
  }

  private tell({ id, template, attempts }: Mail, { answer }: MailFailure, sentence: string): void {
    this.logger.warn({ mail: id, template, attempts, answer }, sentence);
  }

  /** No scrape waits for the database: it gets what the one before has asked for. */
  private lastCount(): number {
    this.mails.count().then(
      (count) => (this.waiting = count),
      (error: unknown) => this.logger.warn({ err: error }, 'Waiting mails could not be counted'),
    );
    return this.waiting;
  }
}
