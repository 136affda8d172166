import { CurrentPrincipal, type Principal } from '@gatehouse/access';
import { SessionDto } from '@gatehouse/contracts';
import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import { AccountAdministration } from '../accounts/administration/account-administration.service.js';
import { AccountDirectory } from '../accounts/administration/account.directory.js';
import type { AdministrativeAct } from '../accounts/administration/administrative.act.js';
import { sessionResponse } from '../sessions/session.response.js';
import { Sessions } from '../sessions/sessions.service.js';
import { AdminOnly } from './admin-only.decorator.js';
import { ByAdmin } from './by-admin.decorator.js';

/** The sessions of any user. */
@AdminOnly()
@Controller('admin/users/:id/sessions')
export class UserSessionsController {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly accounts: AccountAdministration,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  @ApiOkResponse({ type: [SessionDto] })
  async list(
    @Param('id') userId: string,
    @CurrentPrincipal() { sessionId }: Principal,
  ): Promise<SessionDto[]> {
    const { id } = await this.directory.get(userId);
    return (await this.sessions.listOf(id)).map((session) => sessionResponse(session, sessionId));
  }

  @Delete()
  @HttpCode(204)
  @ApiNoContentResponse()
  endAll(@Param('id') userId: string, @ByAdmin() act: AdministrativeAct): Promise<void> {
    return this.accounts.endSessions(userId, act);
  }
}
