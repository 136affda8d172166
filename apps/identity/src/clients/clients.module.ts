import { Module } from '@nestjs/common';
import { ClientAuthentication } from './client-authentication.service.js';
import { ClientsRepository } from './clients.repository.js';

@Module({
  providers: [ClientsRepository, ClientAuthentication],
  exports: [ClientsRepository, ClientAuthentication],
})
export class ClientsModule {}
