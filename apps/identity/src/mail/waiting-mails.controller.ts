import { Public } from '@gatehouse/access';
import { Database } from '@gatehouse/service-kit';
import { Controller, Get, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { IsNull, Not } from 'typeorm';
import { writePage } from '../pages/page.js';
import { DevelopmentGuard } from './development.guard.js';
import { MailComposer } from './mail.composer.js';
import { Mail } from './mail.entity.js';
import { mailsPage } from './mails.page.js';

const LATEST = 50;

/** Shows whoever runs Gatehouse on this machine the mails it would send. */
@Public()
@ApiExcludeController()
@UseGuards(DevelopmentGuard)
@Controller('dev/mails')
export class WaitingMailsController {
  constructor(
    private readonly database: Database,
    private readonly composer: MailComposer,
  ) {}

  @Get()
  async list(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const where = { recipient: Not(IsNull()) };
    const mails = await this.database.manager.find(Mail, { where, order: { id: 'DESC' }, take: LATEST });
    return writePage(
      reply,
      mailsPage(mails.map((mail) => ({ mail, composed: this.composer.compose(mail) }))),
    );
  }
}
