import {
  AdministeredUserDto,
  ChangeUserRequest,
  InviteUserRequest,
  UserPageQuery,
} from '@gatehouse/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AccountAdministration } from '../accounts/administration/account-administration.service.js';
import { AccountUnlocking } from '../accounts/administration/account-unlocking.service.js';
import { AccountDirectory } from '../accounts/administration/account.directory.js';
import type { AdministrativeAct } from '../accounts/administration/administrative.act.js';
import { Invitations } from '../accounts/administration/invitations.service.js';
import { AdminOnly } from './admin-only.decorator.js';
import { administeredUserResponse } from './administered-user.response.js';
import { ByAdmin } from './by-admin.decorator.js';
import { PageResponse } from './page.response.js';
import { MadeAt, MayConflict, Pages } from '../documentation/response.decorators.js';

/** The accounts of all users. */
@AdminOnly()
@Controller('admin/users')
export class UsersController {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly accounts: AccountAdministration,
    private readonly invitations: Invitations,
    private readonly unlocking: AccountUnlocking,
  ) {}

  @Get()
  @Pages(AdministeredUserDto)
  async list(@Query() { q, ...page }: UserPageQuery): Promise<PageResponse> {
    return PageResponse.of(await this.directory.list(page, q), administeredUserResponse);
  }

  @Post()
  @MayConflict()
  @MadeAt(AdministeredUserDto)
  async invite(
    @Body() request: InviteUserRequest,
    @ByAdmin() act: AdministrativeAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdministeredUserDto> {
    const user = await this.invitations.invite(request, act);
    void reply.header('Location', `/admin/users/${user.id}`);
    return administeredUserResponse(user);
  }

  @Get(':id')
  @ApiOkResponse({ type: AdministeredUserDto })
  async show(@Param('id') id: string): Promise<AdministeredUserDto> {
    return administeredUserResponse(await this.directory.get(id));
  }

  @Patch(':id')
  @MayConflict()
  @ApiOkResponse({ type: AdministeredUserDto })
  async change(
    @Param('id') id: string,
    @Body() changes: ChangeUserRequest,
    @ByAdmin() act: AdministrativeAct,
  ): Promise<AdministeredUserDto> {
    return administeredUserResponse(await this.accounts.change(id, changes, act));
  }

  @Post(':id/unlock')
  @HttpCode(204)
  @ApiNoContentResponse()
  unlock(@Param('id') id: string, @ByAdmin() act: AdministrativeAct): Promise<void> {
    return this.unlocking.unlock(id, act);
  }

  @Post(':id/require_password_reset')
  @HttpCode(204)
  @ApiNoContentResponse()
  requirePasswordReset(@Param('id') id: string, @ByAdmin() act: AdministrativeAct): Promise<void> {
    return this.accounts.requirePasswordReset(id, act);
  }

  @Delete(':id')
  @MayConflict()
  @HttpCode(204)
  @ApiNoContentResponse()
  delete(@Param('id') id: string, @ByAdmin() act: AdministrativeAct): Promise<void> {
    return this.accounts.delete(id, act);
  }
}
