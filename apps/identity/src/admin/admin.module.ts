import { Module } from '@nestjs/common';
import { AccountLifeModule } from '../accounts/account-life.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AuditEventsController } from './audit-events.controller.js';
import { ClientsController } from './clients.controller.js';
import { KeysController } from './keys.controller.js';
import { UserSessionsController } from './user-sessions.controller.js';
import { UsersController } from './users.controller.js';

/** What admins see and change, over HTTP. */
@Module({
  imports: [AccountLifeModule, ClientsModule, KeysModule, SessionsModule],
  controllers: [
    UsersController,
    UserSessionsController,
    ClientsController,
    KeysController,
    AuditEventsController,
  ],
})
export class AdminModule {}
