import { Module } from '@nestjs/common';
import { Schedule } from './schedule.js';
import { Turns } from './turns.js';

/** What is done by the clock, by one replica at a time. */
@Module({ providers: [Turns, Schedule], exports: [Schedule] })
export class SchedulingModule {}
