import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditEventType } from '../../audit/audit-event.entity.js';
import { AuditTrail } from '../../audit/audit.trail.js';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { AccountMails } from '../account.mails.js';
import { type Addressee, AddresseesRepository } from './addressees.repository.js';

type SendLink = (manager: EntityManager, to: Addressee | null) => Promise<void>;

/**
 * Links that anyone may ask for, by address alone. Whether the address has an account decides who gets a mail, and
 * nothing that the one who asks could notice.
 */
@Injectable()
export class MailedLinks {
  constructor(
    private readonly database: Database,
    private readonly addressees: AddresseesRepository,
    private readonly mails: AccountMails,
    private readonly audit: AuditTrail,
  ) {}

  /** Sends a new confirmation link to an address that waits for one. */
  async resendConfirmation(email: string, origin: RequestOrigin): Promise<void> {
    const addressee = await this.addressees.find(email);
    const waiting = addressee?.confirmed ? null : addressee;
    await this.send('user.confirmation_request', waiting, origin, (manager, to) =>
      this.mails.confirmation(manager, to, email),
    );
  }

  /** Sends a link to set a new password. */
  async requestPasswordReset(email: string, origin: RequestOrigin): Promise<void> {
    const addressee = await this.addressees.find(email);
    await this.send('user.password_reset_request', addressee, origin, (manager, to) =>
      this.mails.newPassword(manager, 'password_reset', to, email),
    );
  }

  private async send(
    type: AuditEventType,
    to: Addressee | null,
    origin: RequestOrigin,
    sendLink: SendLink,
  ): Promise<void> {
    const outcome = to ? 'success' : 'failure';
    await this.database.transaction(async (manager) => {
      await sendLink(manager, to);
      await this.audit.record(manager, { type, outcome, subjectId: to?.id ?? null, origin });
    });
  }
}
