import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { SessionRenewal } from './session.renewal.js';
import { Sessions } from './sessions.service.js';
import { SignIn } from './sign-in.service.js';

@Module({
  imports: [AccountsModule, RevocationModule],
  providers: [Sessions, SignIn, SessionRenewal, RefreshTokensRepository],
  exports: [Sessions, SignIn, SessionRenewal, RefreshTokensRepository],
})
export class SessionsModule {}
