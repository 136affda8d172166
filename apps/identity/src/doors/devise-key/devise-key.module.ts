import { Module } from '@nestjs/common';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { TokensModule } from '../../tokens/tokens.module.js';
import { DeviseKeyController } from './devise-key.controller.js';
import { DeviseKeyDoor } from './devise-key.door.js';

@Module({
  imports: [SessionsModule, TokensModule],
  controllers: [DeviseKeyController],
  providers: [DeviseKeyDoor],
})
export class DeviseKeyModule {}
