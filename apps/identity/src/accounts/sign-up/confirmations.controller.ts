import { Public } from '@gatehouse/access';
import { Accepted, ConfirmationRequest, ConfirmationResendRequest, type Locale } from '@gatehouse/contracts';
import { Body, Controller, Get, HttpCode, Post, Query, Res, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Origin, type RequestOrigin } from '../../audit/request.origin.js';
import { PreferredLocale } from '../../locales/preferred.locale.js';
import { writePage } from '../../pages/page.js';
import { RequestLimitGuard } from '../../throttling/request-limit.guard.js';
import { MailedLinks } from '../links/mailed.links.js';
import { confirmationPages } from '../pages/confirmation.pages.js';
import { AnswerForms } from '../pages/form.interceptor.js';
import { LinkQuery } from '../pages/link.query.js';
import { Confirmations } from './confirmations.service.js';
import { HtmlPage, MayBeThrottled } from '../../documentation/response.decorators.js';

@Public()
@UseGuards(RequestLimitGuard)
@MayBeThrottled()
@ApiTags('accounts')
@Controller('confirmation')
export class ConfirmationsController {
  constructor(
    private readonly confirmations: Confirmations,
    private readonly links: MailedLinks,
  ) {}

  /** The page that the link in the mail opens. It changes nothing: mail scanners follow links. */
  @Get()
  @HtmlPage()
  page(
    @Query() { token }: LinkQuery,
    @PreferredLocale() locale: Locale,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    return writePage(reply, confirmationPages.form({ locale, token }));
  }

  /** What that page posts. Browsers get a page for an answer. */
  @Post()
  @HttpCode(204)
  @AnswerForms(confirmationPages)
  @ApiNoContentResponse()
  async confirm(@Body() { token }: ConfirmationRequest, @Origin() origin: RequestOrigin): Promise<void> {
    await this.confirmations.confirm(token, origin);
  }

  @Post('resend')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: Accepted })
  async resend(
    @Body() { email }: ConfirmationResendRequest,
    @Origin() origin: RequestOrigin,
  ): Promise<Accepted> {
    await this.links.resendConfirmation(email, origin);
    return {
      message: 'If an account waits for this address to be confirmed, a mail with a link is on its way.',
    };
  }
}
