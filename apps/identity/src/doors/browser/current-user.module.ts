import { Module } from '@nestjs/common';
import { AccountLifeModule } from '../../accounts/account-life.module.js';
import { CurrentUserController } from './current-user.controller.js';

@Module({ imports: [AccountLifeModule], controllers: [CurrentUserController] })
export class CurrentUserModule {}
