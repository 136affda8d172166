import { Module } from '@nestjs/common';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { Housekeeping } from './housekeeping.js';

@Module({ imports: [SchedulingModule], providers: [Housekeeping] })
export class HousekeepingModule {}
