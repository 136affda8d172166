import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { RevocationModule } from '../../revocation/revocation.module.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeys } from './api-keys.service.js';
import { OwnApiKeys } from './own-api-keys.service.js';
import { SignedInPeople } from './signed-in.people.js';

@Module({
  imports: [AccountsModule, RevocationModule],
  controllers: [ApiKeysController],
  providers: [ApiKeys, OwnApiKeys, SignedInPeople],
  exports: [ApiKeys, SignedInPeople],
})
export class ApiKeysModule {}
