import { Module } from '@nestjs/common';
import { AccountLifeModule } from '../accounts/account-life.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { DemoDataWithdrawal } from './demo-data.withdrawal.js';
import { DemoData } from './demo.data.js';

@Module({
  imports: [AccountsModule, AccountLifeModule, ClientsModule],
  providers: [DemoData, DemoDataWithdrawal],
})
export class DemoDataModule {}
