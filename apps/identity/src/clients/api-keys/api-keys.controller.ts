import { CurrentPrincipal, type Principal, RequireScope } from '@gatehouse/access';
import { ApiKeyDto, CreateApiKeyRequest, NewApiKeyDto } from '@gatehouse/contracts';
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { UserGuard } from '../../accounts/user.guard.js';
import { Origin, type RequestOrigin } from '../../audit/request.origin.js';
import { apiKeyResponse, newApiKeyResponse } from './api-key.response.js';
import { ApiKeys } from './api-keys.service.js';
import { OwnApiKeys } from './own-api-keys.service.js';
import { NotStored } from '../../tokens/not-stored.decorator.js';

/** The caller's own API keys. */
@RequireScope('account')
@UseGuards(UserGuard)
@ApiTags('me')
@ApiBearerAuth('bearer')
@Controller('me/api_keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly own: OwnApiKeys,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: [ApiKeyDto] })
  async list(@CurrentPrincipal() { id }: Principal): Promise<ApiKeyDto[]> {
    return (await this.keys.listOf(id)).map(apiKeyResponse);
  }

  @Post()
  @NotStored()
  @ApiCreatedResponse({ type: NewApiKeyDto })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() request: CreateApiKeyRequest,
    @Origin() origin: RequestOrigin,
  ): Promise<NewApiKeyDto> {
    return newApiKeyResponse(await this.own.create(principal, request, origin));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  end(
    @Param('id') keyId: string,
    @CurrentPrincipal() { id }: Principal,
    @Origin() origin: RequestOrigin,
  ): Promise<void> {
    return this.own.end(id, keyId, origin);
  }
}
