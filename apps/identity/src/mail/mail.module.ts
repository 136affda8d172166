import { Module } from '@nestjs/common';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { MailAnnouncer } from './mail.announcer.js';
import { MailComposer } from './mail.composer.js';
import { MailOutbox } from './mail.outbox.js';
import { DueMails } from './sending/due.mails.js';
import { MailDelivery } from './sending/mail.delivery.js';
import { MailMessages } from './sending/mail.messages.js';
import { MailOutcomes } from './sending/mail.outcomes.js';
import { SmtpServer } from './sending/smtp.server.js';
import { WaitingMailsController } from './waiting-mails.controller.js';

/** Mails to people: what waits to be sent, in whose language, how it reads, and how it gets there. */
@Module({
  imports: [SchedulingModule],
  controllers: [WaitingMailsController],
  providers: [
    MailComposer,
    MailAnnouncer,
    MailOutbox,
    SmtpServer,
    DueMails,
    MailMessages,
    MailOutcomes,
    MailDelivery,
  ],
  exports: [MailComposer, MailOutbox],
})
export class MailModule {}
