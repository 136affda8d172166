import { SigningKeyDto } from '@gatehouse/contracts';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import type { AdministrativeAct } from '../accounts/administration/administrative.act.js';
import { KeyRetirement } from '../keys/key.retirement.js';
import { KeyRotation } from '../keys/key.rotation.js';
import { SigningKeysRepository } from '../keys/signing-keys.repository.js';
import { AdminOnly } from './admin-only.decorator.js';
import { ByAdmin } from './by-admin.decorator.js';
import { signingKeyResponses } from './signing-key.response.js';
import { MayConflict } from '../documentation/response.decorators.js';

/** The keys that tokens are signed with: what they are, and never they themselves. */
@AdminOnly()
@Controller('admin/keys')
export class KeysController {
  constructor(
    private readonly keys: SigningKeysRepository,
    private readonly rotation: KeyRotation,
    private readonly retirement: KeyRetirement,
  ) {}

  @Get()
  @ApiOkResponse({ type: [SigningKeyDto] })
  async list(): Promise<SigningKeyDto[]> {
    return signingKeyResponses(await this.keys.findAll());
  }

  /** Chooses the next key to sign, and publishes another next one; answers with all of them. */
  @Post()
  @ApiCreatedResponse({ type: [SigningKeyDto] })
  async rotate(@ByAdmin() act: AdministrativeAct): Promise<SigningKeyDto[]> {
    await this.rotation.rotate(act);
    return signingKeyResponses(await this.keys.findAll());
  }

  /** For emergencies: every token that the key signed ends. */
  @Post(':kid/retire')
  @MayConflict()
  @HttpCode(204)
  @ApiNoContentResponse()
  retire(@Param('kid') kid: string, @ByAdmin() act: AdministrativeAct): Promise<void> {
    return this.retirement.retire(kid, act);
  }
}
