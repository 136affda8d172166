import { Module } from '@nestjs/common';
import { RevocationModule } from '../revocation/revocation.module.js';
import { ClientAuthentication } from './client-authentication.service.js';
import { ClientTokens } from './client.tokens.js';
import { ClientsRepository } from './clients.repository.js';
import { Clients } from './clients.service.js';

@Module({
  imports: [RevocationModule],
  providers: [ClientsRepository, ClientAuthentication, ClientTokens, Clients],
  exports: [ClientsRepository, ClientAuthentication, Clients],
})
export class ClientsModule {}
