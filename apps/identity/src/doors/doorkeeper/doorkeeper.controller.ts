import { CurrentPrincipal, type Principal, Public } from '@gatehouse/access';
import {
  DoorkeeperEnvelope,
  DoorkeeperLogin,
  DoorkeeperRefresh,
  DoorkeeperToken,
  type Locale,
} from '@gatehouse/contracts';
import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Origin, type RequestOrigin } from '../../audit/request.origin.js';
import { PreferredLocale } from '../../locales/preferred.locale.js';
import { OAuth, type OAuthRequest } from '../../tokens/oauth.request.js';
import { DoorkeeperDoor } from './doorkeeper.door.js';
import { envelope } from './doorkeeper.envelope.js';
import { MaySignInFail } from '../../documentation/response.decorators.js';
import { NotStored } from '../../tokens/not-stored.decorator.js';

const SUCCESS = 'custom.success.default';

@ApiTags('doors')
@Controller('api/v1')
export class DoorkeeperController {
  constructor(private readonly door: DoorkeeperDoor) {}

  @Public()
  @Post('login')
  @HttpCode(200)
  @NotStored()
  @ApiBody({ type: DoorkeeperLogin })
  @MaySignInFail()
  @ApiOkResponse({ type: DoorkeeperToken })
  async login(@OAuth() request: OAuthRequest, @PreferredLocale() locale: Locale): Promise<DoorkeeperToken> {
    return { ...(await this.door.login(request)), ...envelope(SUCCESS, locale) };
  }

  @Public()
  @Post('refresh')
  @HttpCode(200)
  @NotStored()
  @ApiBody({ type: DoorkeeperRefresh })
  @MaySignInFail()
  @ApiOkResponse({ type: DoorkeeperToken })
  async refresh(@OAuth() request: OAuthRequest, @PreferredLocale() locale: Locale): Promise<DoorkeeperToken> {
    return { ...(await this.door.refresh(request)), ...envelope(SUCCESS, locale) };
  }

  @Post('logout')
  @HttpCode(200)
  @NotStored()
  @ApiBearerAuth('bearer')
  @ApiOkResponse({ type: DoorkeeperEnvelope })
  async logout(
    @CurrentPrincipal() principal: Principal,
    @Origin() origin: RequestOrigin,
    @PreferredLocale() locale: Locale,
  ): Promise<DoorkeeperEnvelope> {
    await this.door.logout(principal, origin);
    return envelope(SUCCESS, locale);
  }
}
