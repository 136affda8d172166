import { CurrentPrincipal, type Principal, Public } from '@gatehouse/access';
import { BrowserEnvelope, BrowserUser, EmailAndPassword } from '@gatehouse/contracts';
import { Body, Controller, Delete, HttpCode, Post, Res, UseGuards } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { userResponse } from '../../accounts/user.response.js';
import { Origin, type RequestOrigin } from '../../audit/request.origin.js';
import { BrowserCookies } from './browser.cookies.js';
import { BrowserDoor } from './browser.door.js';
import { SameSiteGuard } from './same-site.guard.js';
import { MaySignInFail, SetsCookies } from '../../documentation/response.decorators.js';
import { NotStored } from '../../tokens/not-stored.decorator.js';

@ApiTags('doors')
@Controller('sessions')
export class BrowserController {
  constructor(
    private readonly door: BrowserDoor,
    private readonly cookies: BrowserCookies,
  ) {}

  @Public()
  @UseGuards(SameSiteGuard)
  @Post()
  @HttpCode(200)
  @NotStored()
  @ApiConsumes('application/json') // a form may be another site's
  @MaySignInFail()
  @SetsCookies(BrowserUser)
  async signIn(
    @Body() credentials: EmailAndPassword,
    @Origin() origin: RequestOrigin,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BrowserUser> {
    const session = await this.door.signIn(credentials, origin);
    void reply.header('Set-Cookie', this.cookies.set(session));
    return { message: 'Successfully signed in', data: userResponse(session.user), result_code: 'success' };
  }

  @Delete()
  @HttpCode(200)
  @NotStored()
  @SetsCookies(BrowserEnvelope)
  async signOut(
    @CurrentPrincipal() principal: Principal,
    @Origin() origin: RequestOrigin,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BrowserEnvelope> {
    await this.door.signOut(principal, origin);
    void reply.header('Set-Cookie', this.cookies.clear());
    return { message: 'Successfully signed out', data: null, result_code: 'success' };
  }
}
