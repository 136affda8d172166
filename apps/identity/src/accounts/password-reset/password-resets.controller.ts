import { Public } from '@gatehouse/access';
import { Accepted, type Locale, NewPasswordRequest, PasswordResetRequest } from '@gatehouse/contracts';
import { Body, Controller, Get, HttpCode, Post, Put, Query, Res, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiExcludeEndpoint, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Origin, type RequestOrigin } from '../../audit/request.origin.js';
import { PreferredLocale } from '../../locales/preferred.locale.js';
import { writePage } from '../../pages/page.js';
import { RequestLimitGuard } from '../../throttling/request-limit.guard.js';
import { MailedLinks } from '../links/mailed.links.js';
import { AnswerForms } from '../pages/form.interceptor.js';
import { LinkQuery } from '../pages/link.query.js';
import { passwordResetPages } from '../pages/password-reset.pages.js';
import { PasswordResets } from './password-resets.service.js';
import { HtmlPage, MayBeThrottled } from '../../documentation/response.decorators.js';

@Public()
@UseGuards(RequestLimitGuard)
@MayBeThrottled()
@ApiTags('accounts')
@Controller('password_resets')
export class PasswordResetsController {
  constructor(
    private readonly resets: PasswordResets,
    private readonly links: MailedLinks,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: Accepted })
  async request(@Body() { email }: PasswordResetRequest, @Origin() origin: RequestOrigin): Promise<Accepted> {
    await this.links.requestPasswordReset(email, origin);
    return { message: 'If this address has an account, a mail with a link is on its way.' };
  }

  /** The page that the link in the mail opens. */
  @Get()
  @HtmlPage()
  page(
    @Query() { token }: LinkQuery,
    @PreferredLocale() locale: Locale,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    return writePage(reply, passwordResetPages.form({ locale, token }));
  }

  @Put()
  @HttpCode(204)
  @ApiNoContentResponse()
  async reset(
    @Body() { token, password }: NewPasswordRequest,
    @Origin() origin: RequestOrigin,
  ): Promise<void> {
    await this.resets.reset(token, password, origin);
  }

  /** The same for that page: forms post, and know no PUT. */
  @Post('form')
  @HttpCode(204)
  @AnswerForms(passwordResetPages)
  @ApiExcludeEndpoint()
  async resetByForm(
    @Body() { token, password }: NewPasswordRequest,
    @Origin() origin: RequestOrigin,
  ): Promise<void> {
    await this.resets.reset(token, password, origin);
  }
}
