import { Module } from '@nestjs/common';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { TokensModule } from '../../tokens/tokens.module.js';
import { KnockController } from './knock.controller.js';
import { KnockDoor } from './knock.door.js';

@Module({ imports: [SessionsModule, TokensModule], controllers: [KnockController], providers: [KnockDoor] })
export class KnockModule {}
