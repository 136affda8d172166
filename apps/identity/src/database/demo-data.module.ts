import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { DemoData } from './demo.data.js';

@Module({ imports: [AccountsModule, ClientsModule], providers: [DemoData] })
export class DemoDataModule {}
