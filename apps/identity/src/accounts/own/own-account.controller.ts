import { CurrentPrincipal, type Principal, RequireScope } from '@gatehouse/access';
import {
  ChangePasswordRequest,
  DeleteOwnAccountRequest,
  UpdateOwnAccountRequest,
  UserDto,
} from '@gatehouse/contracts';
import { Body, Controller, Delete, Get, Header, HttpCode, Patch, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Origin, type RequestOrigin } from '../../audit/request.origin.js';
import { UserGuard } from '../user.guard.js';
import { userResponse } from '../user.response.js';
import { AccountExport } from './account.export.js';
import { OwnAccountDeletion } from './own-account.deletion.js';
import { OwnAccount } from './own-account.service.js';
import { PasswordChanges } from './password-changes.service.js';
import { JsonDocument, MayBeThrottled, MayConflict } from '../../documentation/response.decorators.js';

@RequireScope('account')
@UseGuards(UserGuard)
@ApiTags('me')
@ApiBearerAuth('bearer')
@Controller('me')
export class OwnAccountController {
  constructor(
    private readonly account: OwnAccount,
    private readonly passwords: PasswordChanges,
    private readonly deletion: OwnAccountDeletion,
    private readonly exports: AccountExport,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: UserDto })
  async show(@CurrentPrincipal() { id }: Principal): Promise<UserDto> {
    return userResponse(await this.account.get(id));
  }

  @Patch()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: UserDto })
  async update(
    @CurrentPrincipal() principal: Principal,
    @Body() request: UpdateOwnAccountRequest,
    @Origin() origin: RequestOrigin,
  ): Promise<UserDto> {
    return userResponse(await this.account.update(principal, request, origin));
  }

  @Get('export')
  @Header('Cache-Control', 'no-store')
  @Header('Content-Disposition', 'attachment; filename="account.json"')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @JsonDocument('All that is kept about the caller.')
  export(
    @CurrentPrincipal() { id }: Principal,
    @Origin() origin: RequestOrigin,
  ): Promise<AsyncIterable<string>> {
    return this.exports.open(id, origin);
  }

  @Post('password')
  @HttpCode(204)
  @MayBeThrottled()
  @ApiNoContentResponse()
  async changePassword(
    @CurrentPrincipal() principal: Principal,
    @Body() request: ChangePasswordRequest,
    @Origin() origin: RequestOrigin,
  ): Promise<void> {
    await this.passwords.change(principal, request, origin);
  }

  @Delete()
  @MayConflict()
  @HttpCode(204)
  @MayBeThrottled()
  @ApiNoContentResponse()
  async delete(
    @CurrentPrincipal() principal: Principal,
    @Body() { password }: DeleteOwnAccountRequest,
    @Origin() origin: RequestOrigin,
  ): Promise<void> {
    await this.deletion.delete(principal, password, origin);
  }
}
