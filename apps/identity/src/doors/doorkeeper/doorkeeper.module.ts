import { Module } from '@nestjs/common';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { Grants } from '../../tokens/grants/grants.js';
import { TokensModule } from '../../tokens/tokens.module.js';
import { DoorkeeperController } from './doorkeeper.controller.js';
import { DoorkeeperDoor } from './doorkeeper.door.js';
import { PasswordGrant } from './password.grant.js';
import { PasswordSignIn } from './password.sign-in.js';

@Module({
  imports: [SessionsModule, TokensModule],
  controllers: [DoorkeeperController],
  providers: [DoorkeeperDoor, PasswordGrant, PasswordSignIn],
})
export class DoorkeeperModule {
  constructor(grants: Grants, password: PasswordGrant) {
    grants.register(password);
  }
}
