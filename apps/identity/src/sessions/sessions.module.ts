import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { Sessions } from './sessions.service.js';
import { SignIn } from './sign-in.service.js';

@Module({ imports: [AccountsModule], providers: [Sessions, SignIn], exports: [Sessions, SignIn] })
export class SessionsModule {}
