import {
  ChangeClientRequest,
  ClientDto,
  ClientWithSecretDto,
  RegisterClientRequest,
} from '@gatehouse/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import type { AdministrativeAct } from '../accounts/administration/administrative.act.js';
import { Clients } from '../clients/clients.service.js';
import { AdminOnly } from './admin-only.decorator.js';
import { ByAdmin } from './by-admin.decorator.js';
import { clientResponse } from './client.response.js';
import { MayConflict } from '../documentation/response.decorators.js';

/** The services that may ask for tokens. */
@AdminOnly()
@Controller('admin/clients')
export class ClientsController {
  constructor(private readonly clients: Clients) {}

  @Get()
  @ApiOkResponse({ type: [ClientDto] })
  async list(): Promise<ClientDto[]> {
    return (await this.clients.list()).map(clientResponse);
  }

  @Post()
  @MayConflict()
  @ApiCreatedResponse({ type: ClientWithSecretDto })
  async register(
    @Body() request: RegisterClientRequest,
    @ByAdmin() act: AdministrativeAct,
  ): Promise<ClientWithSecretDto> {
    const secret = await this.clients.register(request, act);
    return { ...clientResponse(await this.clients.get(request.id)), secret };
  }

  /** The secret before stays valid for a while, so that the service can be changed over. */
  @Post(':id/secrets')
  @ApiCreatedResponse({ type: ClientWithSecretDto })
  async addSecret(@Param('id') id: string, @ByAdmin() act: AdministrativeAct): Promise<ClientWithSecretDto> {
    const secret = await this.clients.addSecret(id, act);
    return { ...clientResponse(await this.clients.get(id)), secret };
  }

  @Patch(':id')
  @ApiOkResponse({ type: ClientDto })
  async change(
    @Param('id') id: string,
    @Body() changes: ChangeClientRequest,
    @ByAdmin() act: AdministrativeAct,
  ): Promise<ClientDto> {
    return clientResponse(await this.clients.change(id, changes, act));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@Param('id') id: string, @ByAdmin() act: AdministrativeAct): Promise<void> {
    return this.clients.remove(id, act);
  }
}
