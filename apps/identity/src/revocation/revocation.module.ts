import { Module } from '@nestjs/common';
import { RevocationLog } from './revocation.log.js';

/** What ended before its time, and how every guard comes to know it. */
@Module({ providers: [RevocationLog], exports: [RevocationLog] })
export class RevocationModule {}
