import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { MailModule } from '../mail/mail.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { SessionEnding } from './session.ending.js';
import { SessionRenewal } from './session.renewal.js';
import { SessionTheft } from './session.theft.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { Sessions } from './sessions.service.js';
import { SignIn } from './sign-in.service.js';

@Module({
  imports: [AccountsModule, MailModule, RevocationModule],
  controllers: [SessionsController],
  providers: [
    Sessions,
    SessionsRepository,
    SignIn,
    SessionRenewal,
    SessionTheft,
    SessionEnding,
    RefreshTokensRepository,
  ],
  exports: [Sessions, SignIn, SessionRenewal, SessionEnding, RefreshTokensRepository],
})
export class SessionsModule {}
