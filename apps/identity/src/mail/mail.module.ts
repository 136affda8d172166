import { Module } from '@nestjs/common';
import { MailAnnouncer } from './mail.announcer.js';
import { MailComposer } from './mail.composer.js';
import { MailOutbox } from './mail.outbox.js';
import { WaitingMailsController } from './waiting-mails.controller.js';

/** Mails to people: what waits to be sent, in whose language, and how it reads. */
@Module({
  controllers: [WaitingMailsController],
  providers: [MailComposer, MailAnnouncer, MailOutbox],
  exports: [MailComposer, MailOutbox],
})
export class MailModule {}
