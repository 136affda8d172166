import type { Locale } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../database/identifier.js';
import { MailAnnouncer } from './mail.announcer.js';
import { MailComposer } from './mail.composer.js';
import { Mail } from './mail.entity.js';
import { MailDelivery } from './sending/mail.delivery.js';
import type { LinkMail, NoticeMail } from './templates/mail.template.js';

/** Whom a mail goes to. */
export interface Recipient {
  /** The user's, where the mail is about an account of theirs. */
  id?: string;
  email: string;
  locale: Locale;
}

/** A mail as those who cause it tell it. */
export type OutgoingMail = {
  /** Null where there is nobody: the same is written then and nothing sent, so that the time tells nothing. */
  to: Recipient | null;
} & ({ template: LinkMail; link: string } | { template: NoticeMail });

/**
 * Mails wait here in the transaction of what they tell of: both are kept, or neither.
 *
 * @example
 * await this.database.transaction(async (manager) => {
 *   await manager.update(User, { id }, { passwordDigest });
 *   await this.outbox.enqueue(manager, { template: 'password_changed', to: user });
 * });
 */
@Injectable()
export class MailOutbox {
  constructor(
    private readonly composer: MailComposer,
    private readonly announcer: MailAnnouncer,
    private readonly delivery: MailDelivery,
  ) {}

  async enqueue(manager: EntityManager, mail: OutgoingMail): Promise<void> {
    const id = newId('mai');
    const now = new Date();
    await manager.insert(Mail, {
      id,
      template: mail.template,
      locale: mail.to?.locale ?? 'en',
      recipient: mail.to?.email ?? null,
      userId: mail.to?.id ?? null,
      sealedLink: 'link' in mail ? this.composer.sealLink(mail.link, id) : null,
      createdAt: now,
      attempts: 0,
      nextAttemptAt: mail.to && now,
      sentAt: null,
      deadAt: null,
    });
    this.announcer.expect(id);
    this.delivery.expect();
  }

  /** Drops what was to be said to a user who is no more. */
  async forget(manager: EntityManager, userId: string): Promise<void> {
    await manager.delete(Mail, { userId });
  }
}
