import { CurrentPrincipal, type Principal, RequireScope } from '@gatehouse/access';
import { SessionDto } from '@gatehouse/contracts';
import { Controller, Delete, Get, Header, HttpCode, Param, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { UserGuard } from '../accounts/user.guard.js';
import { Origin, type RequestOrigin } from '../audit/request.origin.js';
import { SessionEnding } from './session.ending.js';
import { sessionResponse } from './session.response.js';
import { Sessions } from './sessions.service.js';

/** The caller's own sessions. */
@ApiTags('me')
@ApiBearerAuth('bearer')
@RequireScope('account')
@UseGuards(UserGuard)
@Controller('me/sessions')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly ending: SessionEnding,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: [SessionDto] })
  async list(@CurrentPrincipal() { id, sessionId }: Principal): Promise<SessionDto[]> {
    const sessions = await this.sessions.listOf(id);
    return sessions.map((session) => sessionResponse(session, sessionId));
  }

  @Delete(':id')
  @HttpCode(204)
  endOne(
    @Param('id') sessionId: string,
    @CurrentPrincipal() { id }: Principal,
    @Origin() origin: RequestOrigin,
  ): Promise<void> {
    return this.ending.endOne(id, sessionId, { actorId: id, reason: 'ended_by_user', origin });
  }

  @Delete()
  @HttpCode(204)
  async endOthers(
    @CurrentPrincipal() { id, sessionId }: Principal,
    @Origin() origin: RequestOrigin,
  ): Promise<void> {
    await this.ending.end(
      { userId: id, except: sessionId },
      { actorId: id, reason: 'ended_by_user', origin },
    );
  }
}
