import { Module } from '@nestjs/common';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { TokensModule } from '../../tokens/tokens.module.js';
import { BrowserController } from './browser.controller.js';
import { BrowserCookies } from './browser.cookies.js';
import { BrowserDoor } from './browser.door.js';

@Module({
  imports: [SessionsModule, TokensModule],
  controllers: [BrowserController],
  providers: [BrowserDoor, BrowserCookies],
})
export class BrowserModule {}
