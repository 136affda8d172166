import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { SessionEnding } from './session.ending.js';
import { SessionRenewal } from './session.renewal.js';
import { SessionsController } from './sessions.controller.js';
import { Sessions } from './sessions.service.js';
import { SignIn } from './sign-in.service.js';

@Module({
  imports: [AccountsModule, RevocationModule],
  controllers: [SessionsController],
  providers: [Sessions, SignIn, SessionRenewal, SessionEnding, RefreshTokensRepository],
  exports: [Sessions, SignIn, SessionRenewal, SessionEnding, RefreshTokensRepository],
})
export class SessionsModule {}
