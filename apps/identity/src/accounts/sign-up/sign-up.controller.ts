import { Public } from '@gatehouse/access';
import { Accepted, type Locale, SignUpRequest } from '@gatehouse/contracts';
import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiTags } from '@nestjs/swagger';
import { Origin, type RequestOrigin } from '../../audit/request.origin.js';
import { PreferredLocale } from '../../locales/preferred.locale.js';
import { RequestLimitGuard } from '../../throttling/request-limit.guard.js';
import { SignUp } from './sign-up.service.js';
import { MayBeThrottled } from '../../documentation/response.decorators.js';

@Public()
@UseGuards(RequestLimitGuard)
@MayBeThrottled()
@ApiTags('accounts')
@Controller('users')
export class SignUpController {
  constructor(private readonly people: SignUp) {}

  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: Accepted })
  async signUp(
    @Body() request: SignUpRequest,
    @PreferredLocale() locale: Locale,
    @Origin() origin: RequestOrigin,
  ): Promise<Accepted> {
    await this.people.signUp(request, locale, origin);
    return { message: 'We have sent a mail to this address. Follow the link in it.' };
  }
}
